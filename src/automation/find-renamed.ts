import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Followed, FollowedLists } from '../history/followed.ts';
import type { ReadOptions, Source } from '../sources/source.ts';
import { isRegularFile } from '../sources/read-file.ts';
import { readSource } from '../sources/sources.ts';
import { exists } from '../system/files.ts';
import { HarmoniError } from '../errors.ts';
import type { Track, TrackList } from '../tracks/track.ts';
import { changesOf } from './list-changes.ts';

export interface FindRenamedParts {
  readonly sources: () => readonly Source[];
  readonly followed: Pick<FollowedLists, 'all' | 'entries'>;
}

/** Of the songs of two lists so many are the same, or they are two lists. */
const leastSame = 0.8;
/** Tables that are looked into in one folder. */
const mostTables = 500;
const tables = /\.(?:csv|tsv)$/i;

/** Finds the file that a followed table is in since it was exported again under another name. */
export interface RenamedFinder {
  /**
   * The list in another table of the same folder that holds nearly the same songs, in `input`.
   * @throws HarmoniError source-not-found where there's none, or where it's not clear which one it is; the signal's reason
   */
  find(followed: Followed, options: ReadOptions): Promise<TrackList>;
}

export function createRenamedFinder({ sources, followed: lists }: FindRenamedParts): RenamedFinder {
  const known = new Map<string, Promise<readonly TrackList[]>>();

  /** The whole lists in the tables of a folder, read once; a table that can't be read has none. */
  function tablesIn(folder: string, options: ReadOptions): Promise<readonly TrackList[]> {
    const read = known.get(folder) ?? readTables(folder, options);
    known.set(folder, read);
    return read;
  }

  async function readTables(folder: string, options: ReadOptions): Promise<readonly TrackList[]> {
    const names = (await readdir(folder).catch(() => [])).filter((name) => tables.test(name));
    const found: TrackList[] = [];
    for (const name of names.slice(0, mostTables)) {
      // A FIFO would be waited for.
      if (!(await isRegularFile(join(folder, name)))) continue;
      const inFile = await readSource(sources(), join(folder, name), options).catch((error: unknown) => {
        options.signal.throwIfAborted();
        if (error instanceof HarmoniError) return [];
        throw error;
      });
      found.push(...inFile);
    }
    return found;
  }

  return {
    async find(followed, options) {
      const folder = dirname(followed.input);
      const others = lists.all(followed.library).filter(({ id }) => id !== followed.id);
      const isFollowed = (list: TrackList): boolean => others.some(({ origin }) => origin === list.origin);
      const isLike = ({ id }: Followed, list: TrackList): boolean => {
        const before = lists.entries(id).map(({ track }) => track);
        return areSame(before, list.tracks);
      };
      const alike = (await tablesIn(folder, options)).filter(
        (list) => !isFollowed(list) && isLike(followed, list),
      );
      const [found, another] = alike;
      if (found === undefined || another !== undefined) throw missing(followed, alike);
      for (const other of others) {
        const isRival = dirname(other.input) === folder && !(await exists(other.input));
        if (isRival && isLike(other, found)) throw missing(followed, alike);
      }
      return found;
    },
  };
}

/** Whether two lists hold nearly the same songs, in whatever order. Pure. */
export function areSame(before: readonly Track[], now: readonly Track[]): boolean {
  if (before.length === 0) return false;
  return changesOf(before, now).same.size >= leastSame * Math.max(before.length, now.length);
}

function missing({ name, input }: Followed, alike: readonly TrackList[]): HarmoniError {
  const files = [...new Set(alike.map(({ sourceFile = '' }) => basename(sourceFile)))];
  const file = basename(input);
  const unfollow = `run harmoni unfollow "${name}"`;
  if (files.length === 0) {
    return new HarmoniError('source-not-found', `There's no file ${input} anymore.`, {
      fix: `Export the playlist again to that place, or ${unfollow}.`,
    });
  }
  const which = files.length === 1 ? `${files[0] ?? ''} may be` : `${files.join(' and ')} may each be`;
  return new HarmoniError('source-not-found', `${input} is gone, and ${which} its new export.`, {
    fix: `Rename the right one to ${file}, or ${unfollow}.`,
  });
}

/** Whether a followed list was in a file that is gone. */
export async function isFileGone({ origin, input }: Followed): Promise<boolean> {
  return origin.startsWith('file:') && tables.test(input) && !(await exists(input));
}
