import { basename, relative } from 'node:path';
import { stemOf } from '../downloads/sidecars.ts';
import type { Undone } from '../engine/undo.ts';
import type { Run, RunKind } from '../history/runs.ts';
import type { Step, StepKind } from '../history/steps.ts';
import type { Obstacle, Way } from '../history/way-back.ts';
import { pastClock } from '../spotify/api-error.ts';
import { playlists } from '../tracks/song-count.ts';
import type { ToneLine } from '../ui/prompter.ts';

const names: Readonly<Record<RunKind, string>> = {
  download: 'Download of',
  retry: 'Retry of',
  redo: 'Chosen matches in',
  sync: 'Sync of',
  undo: 'Undo of',
  restore: 'Restore of',
  organise: 'Organized',
  convert: 'Conversion of',
  repair: 'Repair of',
  duplicates: 'Duplicates removed:',
  enrich: 'Metadata for',
  hear: 'Comparison of',
  adopt: 'Music adopted from',
};

const files = (many: number): string => (many === 1 ? '1 file' : `${many} files`);

const counted: readonly (readonly [StepKind, (many: number) => string])[] = [
  ['publish', (many) => `${many} new`],
  ['link', (many) => `${many} linked`],
  ['replace', (many) => `${many} replaced`],
  ['trash', (many) => `${many} to the trash`],
  ['restore', (many) => `${many} restored`],
  ['move', (many) => `${many} moved`],
  ['retag', (many) => `${many} retagged`],
  ['adopt', (many) => `${many} in place`],
  ['playlist', playlists],
  ['lyrics', (many) => `lyrics of ${many === 1 ? '1 song' : `${many} songs`}`],
  ['cover', (many) => (many === 1 ? '1 cover' : `${many} covers`)],
];

/** "Download of Evening"; an undo names the run that it took back. Pure. */
export function runName({ kind, title, undoes }: Pick<Run, 'kind' | 'title' | 'undoes'>): string {
  return kind === 'undo' && undoes !== undefined ? `Undo of run ${undoes}` : `${names[kind]} ${title}`;
}

/** "12 new, 1 playlist (undone)". Pure. */
export function runCounts({ counts, open, isRunning }: Pick<Run, 'counts' | 'open' | 'isRunning'>): string {
  const parts = counted.flatMap(([kind, say]) => {
    const many = counts[kind];
    return many === undefined ? [] : [say(many)];
  });
  const state = isRunning ? ' (running)' : open === 0 ? ' (undone)' : '';
  return `${parts.join(', ')}${state}`;
}

/** When it began, as people read it. Pure. */
export function runTime({ startedAt }: Pick<Run, 'startedAt'>, nowMs: number): string {
  return pastClock(startedAt, nowMs);
}

const stepWords: Readonly<Record<StepKind, string>> = {
  publish: 'new',
  link: 'linked',
  replace: 'replaced',
  trash: 'to trash',
  restore: 'restored',
  move: 'moved',
  retag: 'retagged',
  adopt: 'adopted',
  playlist: 'playlist',
  lyrics: 'lyrics',
  cover: 'cover',
};

/** "new       Evening/A - One.opus". Pure. */
export function stepLine({ kind, path, from, state }: Step, library: string): ToneLine {
  const before = from === undefined ? '' : `  (was ${relative(library, from)})`;
  const text = `${stepWords[kind].padEnd(10)}${relative(library, path)}${before}`;
  return state === 'done'
    ? { text }
    : { text: `${text} (${state === 'undone' ? 'undone' : 'open'})`, tone: 'dim' };
}

const ways: readonly (readonly [Way, (many: number) => string])[] = [
  ['trash', (many) => `${files(many)} to the trash`],
  ['restore', (many) => `${files(many)} back from the trash`],
  [
    'swap',
    (many) =>
      `${files(many)} back from the trash, and what replaced ${many === 1 ? 'it' : 'them'} to the trash`,
  ],
  ['move', (many) => `${files(many)} back to where ${many === 1 ? 'it was' : 'they were'}`],
  ['retag', (many) => `${files(many)} back to the tags ${many === 1 ? 'it' : 'they'} had`],
  ['disown', (many) => `${files(many)} left in place, and counted as before`],
  ['rewrite', (many) => `${playlists(many)} back to what ${many === 1 ? 'it was' : 'they were'}`],
  ['remove', (many) => `${playlists(many)} removed`],
  ['renew', (many) => `${playlists(many)} brought up to date`],
];

/** In words, why a file is left alone. */
export const obstacleWords: Readonly<Record<Obstacle, string>> = {
  changed: 'changed since then',
  gone: 'moved or deleted since then',
  'no file': 'a folder or a link is there now',
  taken: 'another file has its name now',
  'not kept': 'its old tags were not kept',
  'not in trash': "the old file isn't in the trash anymore",
};

/** Where the old file of a taken name is, and the one that HARMONI made of it, which is taken back all the same. Pure. */
function whereKept({ path, kept }: Undone, changes: readonly Undone[], library: string): string {
  if (kept === undefined) return '';
  const made = changes.find((one) => one.way === 'trash' && stemOf(one.path) === stemOf(path));
  const stays = `. The old one stays in ${relative(library, kept)}`;
  if (made === undefined) return stays;
  const place = made.kept === undefined ? 'goes to the trash' : `is in ${relative(library, made.kept)}`;
  return `${stays}, ${basename(made.path)} ${place}`;
}

const mostLines = 10;

/** What is, or would be, taken back, and what isn't with the reasons. Pure. */
export function undoLines(changes: readonly Undone[], library: string): readonly ToneLine[] {
  const done = ways.flatMap(([way, say]) => {
    // A playlist file that was moved and written has two changes.
    const many = new Set(changes.flatMap((change) => (change.way === way ? [change.path] : []))).size;
    return many === 0 ? [] : [{ text: `  ${say(many)}` }];
  });
  const lines = changes.flatMap((change) =>
    change.obstacle === undefined
      ? []
      : [
          `    ${relative(library, change.path)}: ${obstacleWords[change.obstacle]}${whereKept(change, changes, library)}`,
        ],
  );
  const left = [...new Set(lines)];
  if (left.length === 0) return done;
  const more = left.length > mostLines ? [`    and ${left.length - mostLines} more`] : [];
  const files = left.length === 1 ? '1 file is left alone' : `${left.length} files are left alone`;
  return [
    ...done,
    ...[`  ${files}:`, ...left.slice(0, mostLines), ...more].map((text): ToneLine => ({
      text,
      tone: 'warn',
    })),
  ];
}
