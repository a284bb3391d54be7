import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Followed } from '../history/followed.ts';
import type { Clock } from '../system/clock.ts';

/** A file that doesn't change for so long has been written to its end. */
const settledAfterMs = 3_000;
/** The times of some file systems are so coarse. */
const coarsestMs = 2_000;

export interface WatchedFilesParts {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly followed: () => readonly Pick<Followed, 'id' | 'input' | 'syncedAt'>[];
  /** The Exportify folder, which may not be there. */
  readonly folder: () => string;
  /** A CSV file came to the folder that isn't followed. It's told once. */
  readonly onNew: (path: string) => void;
}

interface Sight {
  /** Size and time of the state that was synced. */
  synced: string | undefined;
  stamp: string;
  sinceMs: number;
}

export interface WatchedFiles {
  /** The ids of lists whose file has changed since the last sync, and has settled. Each change is told once. */
  look(): Promise<readonly number[]>;
  /** All lists have been synced, with their files as they were at the last look or later. */
  forgetSeen(): void;
}

/**
 * Looks at the files that lists are followed from. It asks for their size and time again and again, because a network
 * share tells nobody when a file changes.
 */
export function createWatchedFiles(parts: WatchedFilesParts): WatchedFiles {
  const sights = new Map<string, Sight>();
  let known: Set<string> | undefined;

  async function isChanged({ input, syncedAt }: Pick<Followed, 'input' | 'syncedAt'>): Promise<boolean> {
    const facts = await stat(input).catch(() => undefined);
    if (facts?.isFile() !== true) return false;
    const nowMs = parts.clock.monotonicMs();
    const stamp = `${facts.size} ${facts.mtimeMs}`;
    const sight = sights.get(input);
    if (sight === undefined) {
      // A file that was copied here keeps its time, but not the one of its inode.
      const isOld = Math.max(facts.mtimeMs, facts.ctimeMs) + coarsestMs <= (syncedAt ?? 0);
      sights.set(input, { synced: isOld ? stamp : undefined, stamp, sinceMs: nowMs });
      return false;
    }
    if (sight.stamp !== stamp) Object.assign(sight, { stamp, sinceMs: nowMs });
    if (sight.synced === stamp || nowMs - sight.sinceMs < settledAfterMs) return false;
    sight.synced = stamp;
    return true;
  }

  /** Those that are there when the watch begins are no news. */
  async function tellNew(followed: ReadonlySet<string>): Promise<void> {
    const folder = await realpath(parts.folder()).catch(() => undefined);
    const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
    const paths = names.filter((name) => /^[^.].*\.csv$/i.test(name)).map((name) => join(folder ?? '', name));
    for (const path of paths) {
      if (known?.has(path) === false && !followed.has(path)) parts.onNew(path);
    }
    known = new Set([...(known ?? []), ...paths]);
  }

  return {
    async look() {
      const files = parts.followed().filter(({ input }) => isAbsolute(input));
      await tellNew(new Set(files.map(({ input }) => input)));
      const changed: number[] = [];
      for (const file of files) if (await isChanged(file)) changed.push(file.id);
      return changed;
    },
    forgetSeen() {
      for (const sight of sights.values()) sight.synced = sight.stamp;
    },
  };
}
