import {
  readTrash,
  restoreFromTrash,
  type RestoreEnd,
  type TrashItem,
  type TrashParts,
} from '../engine/trash.ts';
import { daysToEmpty, emptyTrash, sizeOf } from '../system/trash-folder.ts';
import { trashOf } from '../system/trash.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import { sizeText } from '../tracks/size-text.ts';
import type { Output } from '../ui/output.ts';
import type { Prompter, ToneLine } from '../ui/prompter.ts';
import { faultLines } from './fault-lines.ts';

export interface TrashViewParts extends TrashParts {
  readonly output: Output;
  readonly prompter: Pick<Prompter, 'confirm'>;
  readonly beginWork: () => WorkSignal;
}

/** More scroll out of sight; they are in the JSON document. */
const mostLines = 200;
const files = (many: number): string => `${many} ${many === 1 ? 'file' : 'files'}`;

/** Why a file is in the trash, in words. Pure. */
export function whyText({ step, run, isOurs }: Pick<TrashItem, 'step' | 'run' | 'isOurs'>): string {
  if (!isOurs) return "not in HARMONI's history";
  if (step === undefined || run === undefined) return '';
  if (run.kind === 'undo') return `undone by run ${run.id}`;
  if (step.kind !== 'trash') return `replaced by run ${run.id}`;
  return run.kind === 'sync' ? `left its playlist in run ${run.id}` : `removed by run ${run.id}`;
}

/** "2026-11-21  4.1 MB  Mix/A - One.mp3 (replaced by run 12)". Pure. */
export function trashLine(item: TrashItem): ToneLine {
  const why = whyText(item);
  return {
    text: `${item.day}  ${sizeText(item.sizeBytes).padStart(8)}  ${item.name}${why === '' ? '' : ` (${why})`}`,
  };
}

/** Lists the trash. */
export async function showTrash(parts: TrashViewParts): Promise<readonly TrashItem[]> {
  const { output, config } = parts;
  const items = await readTrash(parts);
  if (items.length === 0) {
    output.say('The trash is empty.');
    return items;
  }
  output.lines(items.slice(0, mostLines).map(trashLine));
  if (items.length > mostLines) output.say(`and ${items.length - mostLines} more`);
  const kept =
    config.trash_days === 0
      ? ''
      : `, each kept for ${config.trash_days === 1 ? '1 day' : `${config.trash_days} days`} (trash_days)`;
  output.say(`${files(items.length)}, ${sizeText(sizeOf(items))}${kept}`);
  return items;
}

/** Brings files back, and tells which. */
export async function restoreItems(parts: TrashViewParts, items: readonly TrashItem[]): Promise<RestoreEnd> {
  const work = parts.beginWork();
  try {
    const end = await restoreFromTrash(parts, items, work.signal);
    parts.output.lines(endLines(end));
    return end;
  } finally {
    work.done();
  }
}

const obstacles = { taken: 'another file has its name now', gone: "isn't in the trash anymore" } as const;

function endLines({ id, items, playlists, stoppedBy }: RestoreEnd): readonly ToneLine[] {
  const restored = items.filter(({ obstacle }) => obstacle === undefined);
  return [
    ...restored.map(({ item }): ToneLine => ({ text: `Restored ${item.to}`, tone: 'ok' })),
    ...items.flatMap(({ item, obstacle }): ToneLine[] =>
      obstacle === undefined
        ? []
        : [{ text: `Left in the trash: ${item.name} (${obstacles[obstacle]})`, tone: 'warn' }],
    ),
    ...playlists.map((path): ToneLine => ({ text: `Updated ${path}` })),
    ...(stoppedBy === undefined ? [] : faultLines(stoppedBy)),
    ...(id === undefined ? [] : [{ text: `To take this back, run harmoni undo ${id}` }]),
  ];
}

/**
 * Asks, and deletes what is in the trash for good. Returns the files that are gone; undefined without a yes.
 * @param olderThanDays without it all of them
 */
export async function emptyOnYes(
  parts: TrashViewParts,
  { olderThanDays, yes }: { readonly olderThanDays: number | undefined; readonly yes: boolean },
): Promise<readonly TrashItem[] | undefined> {
  const { output, config, clock, prompter } = parts;
  const all = await readTrash(parts);
  const nowMs = clock.now();
  const days = [...new Set(all.map(({ day }) => day))];
  const going = new Set(olderThanDays === undefined ? days : daysToEmpty(days, olderThanDays, nowMs));
  const old = all.filter(({ day }) => going.has(day));
  const items = old.filter(({ isOurs }) => isOurs);
  if (old.length === 0)
    output.say(all.length === 0 ? 'The trash is empty.' : 'Nothing in the trash is older than that.');
  output.lines(unknownLines(old.filter(({ isOurs }) => !isOurs)));
  if (items.length === 0) return [];
  const question = {
    message: `Delete ${files(items.length)} (${sizeText(sizeOf(items))}) for good?`,
    default: false,
    help: "This can't be undone. Runs that moved these files to the trash can't be undone either.",
  };
  if (!yes && (await prompter.confirm(question)) !== true) return undefined;
  await emptyTrash(trashOf(config.output_dir), items);
  const left = new Set((await readTrash(parts)).map(({ path }) => path));
  const gone = items.filter(({ path }) => !left.has(path));
  output.lines([{ text: `Deleted ${files(gone.length)} (${sizeText(sizeOf(gone))}).`, tone: 'ok' }]);
  return gone;
}

/** Files that HARMONI won't delete, because it doesn't know whose they are. Pure. */
function unknownLines(items: readonly TrashItem[]): readonly ToneLine[] {
  const [first] = items;
  if (first === undefined) return [];
  const [what, them] =
    items.length === 1 ? [first.path, 'it'] : [`${first.path} and ${items.length - 1} more`, 'them'];
  return [
    {
      text: `Leaving ${what}: HARMONI's history doesn't know ${them}. Delete ${them} yourself if you don't need ${them}.`,
      tone: 'warn',
    },
  ];
}
