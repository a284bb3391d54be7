import { relative } from 'node:path';
import {
  findLeftovers,
  removeLeftovers,
  type CleanupParts,
  type LeftoverKind,
  type Leftovers,
} from '../automation/cleanup.ts';
import { settleLost } from '../history/settle.ts';
import type { Store } from '../history/store.ts';
import { sizeText } from '../tracks/size-text.ts';
import type { Output } from '../ui/output.ts';
import type { Prompter, ToneLine } from '../ui/prompter.ts';

export interface CleanupViewParts extends CleanupParts {
  readonly store: Store;
  readonly output: Output;
  readonly prompter: Pick<Prompter, 'confirm'>;
}

const counted = (one: string, many: string) => (count: number) => `${count} ${count === 1 ? one : many}`;

const names: Readonly<Record<LeftoverKind, (many: number) => string>> = {
  work: counted('work folder of a download that was stopped', 'work folders of downloads that were stopped'),
  temporary: counted('temporary file', 'temporary files'),
  lyrics: counted('lyrics file without its song', 'lyrics files without their songs'),
  covers: counted('cover in a folder without songs', 'covers in folders without songs'),
  empty: counted('empty folder', 'empty folders'),
  searches: counted('search result that is too old', 'search results that are too old'),
};

const samples = 3;

/**
 * Shows what HARMONI doesn't need anymore, asks, and removes it. Returns what is gone; undefined without a yes.
 * @param options `dryRun` only shows it
 */
export async function cleanUp(
  parts: CleanupViewParts,
  options: { readonly yes: boolean; readonly dryRun: boolean },
): Promise<{ readonly found: readonly Leftovers[]; readonly removed: readonly Leftovers[] } | undefined> {
  const { output, prompter, config } = parts;
  await settleLost(parts.store);
  const found = await findLeftovers(parts);
  if (found.length === 0) {
    output.say("There's nothing to clean up.");
    return { found, removed: [] };
  }
  output.lines(found.flatMap((one) => leftoverLines(one, config.output_dir)));
  if (options.dryRun) return { found, removed: [] };
  const question = {
    message: `Remove all of this (${sizeText(sum(found))})?`,
    default: true,
    help: "All of it is left over from HARMONI's work. Songs, playlists, the trash and your own files aren't touched.",
  };
  if (!options.yes && (await prompter.confirm(question)) !== true) return undefined;
  const removed = await removeLeftovers(parts, found);
  output.lines([{ text: `Removed ${sizeText(sum(removed))}.`, tone: 'ok' }, ...leftLines(found, removed)]);
  return { found, removed };
}

const sum = (leftovers: readonly Leftovers[]): number =>
  leftovers.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);

function leftoverLines({ kind, paths, many, sizeBytes }: Leftovers, library: string): readonly ToneLine[] {
  const size = sizeBytes === 0 ? '' : ` (${sizeText(sizeBytes)})`;
  const shown = paths.slice(0, samples).map((path) => {
    const way = relative(library, path);
    return { text: `  ${way.startsWith('..') ? path : way}`, tone: 'dim' } as const;
  });
  const more =
    paths.length > samples ? [{ text: `  and ${paths.length - samples} more`, tone: 'dim' } as const] : [];
  return [{ text: `${names[kind](many)}${size}` }, ...shown, ...more];
}

function leftLines(found: readonly Leftovers[], removed: readonly Leftovers[]): readonly ToneLine[] {
  const gone = new Set(removed.flatMap(({ paths }) => paths));
  const left = found.flatMap(({ paths }) => paths).filter((path) => !gone.has(path));
  return left.map((path) => ({ text: `Not removed: ${path}`, tone: 'warn' }));
}
