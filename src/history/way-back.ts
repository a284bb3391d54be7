import { isUnchanged, type AtPath, type FileFacts } from '../system/file-facts.ts';
import type { IndexEntry, Step } from './steps.ts';

/** What a run did at one path, first to last. */
export interface Change {
  readonly path: string;
  readonly isPlaylist: boolean;
  /** Of what was there before: its place in the trash, or what stood in it. Nothing was there without either. */
  readonly kept?: string | undefined;
  readonly content?: Buffer | undefined;
  readonly entry?: IndexEntry | undefined;
  /** Of what a playlist file says since. */
  readonly sha256?: string | undefined;
  /** What is there since. */
  readonly after?: FileFacts | undefined;
}

/** How a change is taken back. */
export type Way =
  /** What is there goes to the trash. */
  | 'trash'
  /** What was there comes back from the trash. */
  | 'restore'
  /** Both. */
  | 'swap'
  /** The playlist file says what it said before. */
  | 'rewrite'
  /** There is no playlist file, as before. */
  | 'remove'
  /** A later run wrote the playlist file, too: it gets the songs that are there then. */
  | 'renew';

/** Why it is not. */
export type Obstacle = 'changed' | 'gone' | 'no file' | 'taken' | 'not in trash';

export type WayBack =
  { readonly way: Way; readonly obstacle?: never } | { readonly way?: never; readonly obstacle: Obstacle };

/**
 * The changes of a run that can be taken back, the last one first. What was done at a path more than once is one
 * change, and what came and went in the run is none. Pure.
 */
export function changesOf(steps: readonly Step[]): readonly Change[] {
  const done = steps.filter(({ state }) => state === 'done');
  return [...Map.groupBy(done, ({ path }) => path)]
    .flatMap(([path, ofPath]) => {
      const [first, last] = [ofPath[0], ofPath.at(-1)];
      if (first === undefined || last === undefined) return [];
      const { kept, content, entry } = first;
      const change: Change = {
        path,
        isPlaylist: first.kind === 'playlist',
        kept,
        content,
        entry,
        after: last.after,
        sha256: last.sha256,
      };
      return [{ change, at: last.id }];
    })
    .toSorted((a, b) => b.at - a.at)
    .map(({ change }) => change)
    .filter(({ kept, content, after }) => kept !== undefined || content !== undefined || after !== undefined);
}

/**
 * How a change is taken back, by what is on the disk: only where nothing has happened to it since. Pure.
 * @param at what is at its path now, @param inTrash at the place where the old file is kept
 */
export function wayBack(change: Change, at: AtPath, inTrash: AtPath): WayBack {
  const { after, kept, isPlaylist } = change;
  const obstacle = obstacleAt(after, at);
  if (obstacle !== undefined) return { obstacle };
  if (isPlaylist) return { way: change.content === undefined ? 'remove' : 'rewrite' };
  if (kept === undefined) return { way: 'trash' };
  if (typeof inTrash === 'string') return { obstacle: 'not in trash' };
  return { way: after === undefined ? 'restore' : 'swap' };
}

function obstacleAt(after: FileFacts | undefined, at: AtPath): Obstacle | undefined {
  if (after === undefined) return at === 'nothing' ? undefined : 'taken';
  if (at === 'nothing') return 'gone';
  if (at === 'no file') return 'no file';
  return isUnchanged(at, after) ? undefined : 'changed';
}
