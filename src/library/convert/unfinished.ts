import { dirname, extname } from 'node:path';
import type { Step } from '../../history/steps.ts';
import type { Store } from '../../history/store.ts';
import { lengthToleranceMs } from '../../downloads/inspect.ts';
import { audioExtensions } from '../../tracks/audio-extensions.ts';
import type { LibrarySong } from '../songs.ts';
import type { Renamed } from './in-place.ts';

/** How many runs back an interrupted one is looked for. */
const mostRuns = 50;

/**
 * Songs that a conversion was killed at, after the new file had its name and before the old one was in the trash. Only where
 * the history says so: the same song in two formats may be what the user wants.
 * @param all the songs of the library, as they are on the disk
 */
export function findUnfinished(
  { journal, files }: Pick<Store, 'journal' | 'files'>,
  library: string,
  all: readonly LibrarySong[],
): Renamed {
  const unfinished = new Map<string, string>();
  const byStem = Map.groupBy(all, ({ file }) => stemOf(file.path));
  for (const run of journal.runs(mostRuns)) {
    if (run.kind !== 'convert' || run.library !== library || run.isRunning) continue;
    const steps = journal.steps(run.id);
    const touched = new Set(steps.map(({ path }) => path));
    const open = unpairedStems(steps);
    for (const { kind, path, kept, state } of steps) {
      const made = files.get(path);
      if (kind !== 'replace' || kept !== undefined || state !== 'done' || made === undefined) continue;
      if (!open.has(stemOf(path))) continue;
      const keys = new Set(files.keysOf(path));
      const old = byStem.get(stemOf(path))?.find(({ file }) => {
        const apartMs = Math.abs((file.durationMs ?? 0) - (made.durationMs ?? 0));
        const isOld =
          !touched.has(file.path) && file.downloaded === made.downloaded && apartMs <= lengthToleranceMs;
        return isOld && files.keysOf(file.path).some((key) => keys.has(key));
      });
      if (old !== undefined) unfinished.set(old.file.path, path);
    }
  }
  return unfinished;
}

/**
 * Names under which fewer old files went to the trash than new ones came. Where all of them went, a file of that name is
 * none of this run: somebody put it there since.
 */
function unpairedStems(
  steps: readonly Pick<Step, 'kind' | 'path' | 'kept' | 'state'>[],
): ReadonlySet<string> {
  const open = new Map<string, number>();
  for (const { kind, path, kept, state } of steps) {
    if (state !== 'done' || (kind === 'trash' && !audioExtensions.has(extname(path).toLowerCase()))) continue;
    const by = kind === 'trash' ? -1 : kind === 'replace' && kept === undefined ? 1 : 0;
    const stem = stemOf(path);
    open.set(stem, (open.get(stem) ?? 0) + by);
  }
  return new Set([...open].flatMap(([stem, many]) => (many > 0 ? [stem] : [])));
}

/** Without the number that a name gets where another file has it. */
function stemOf(path: string): string {
  const name = path.slice(dirname(path).length, path.length - extname(path).length);
  return `${dirname(path)}${name.replace(/ \(\d+\)$/, '')}`;
}
