import { isUnchanged, type AtPath, type FileFacts } from '../system/file-facts.ts';
import type { IndexEntry, Step } from './steps.ts';

/** What a run did at one path, first to last; or one move. */
export interface Change {
  /** Of its last step. */
  readonly id: number;
  readonly path: string;
  /** Where a moved file was. */
  readonly from?: string | undefined;
  readonly isPlaylist: boolean;
  /** What makes the old file of the new one is in `content`. */
  readonly isRetag?: boolean | undefined;
  /** The file was taken for a song, and nothing else. */
  readonly isAdoption?: boolean | undefined;
  /** Of what was there before: its place in the trash, or what stood in it. Nothing was there without either. */
  readonly kept?: string | undefined;
  readonly content?: Buffer | undefined;
  readonly entry?: IndexEntry | undefined;
  /** Of what a playlist file or a retagged one says since. */
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
  /** What was moved goes back to where it was. */
  | 'move'
  /** The file has the tags that it had. */
  | 'retag'
  /** The file is taken for a song no more, or again. */
  | 'disown'
  /** The playlist file says what it said before. */
  | 'rewrite'
  /** There is no playlist file, as before. */
  | 'remove'
  /** A later run wrote the playlist file, too: it gets the songs that are there then. */
  | 'renew';

/** Why it is not. */
export type Obstacle = 'changed' | 'gone' | 'no file' | 'taken' | 'not in trash' | 'not kept';

export type WayBack =
  { readonly way: Way; readonly obstacle?: never } | { readonly way?: never; readonly obstacle: Obstacle };

/**
 * The changes of a run that can be taken back, the last one first. What was done at a path more than once is one
 * change, and what came and went in the run is none; each move is one by itself, as is each new set of tags of a file that
 * was there before the run. Pure.
 */
export function changesOf(steps: readonly Step[]): readonly Change[] {
  const done = steps.filter(({ state }) => state === 'done');
  const isMove = ({ kind }: Step): boolean => kind === 'move';
  const moves = done.filter(isMove).map(({ id, path, from, after, sha256 }) => ({
    id,
    path,
    from,
    after,
    sha256,
    isPlaylist: sha256 !== undefined,
  }));
  const others = Map.groupBy(
    done.filter((step) => !isMove(step)),
    ({ path }) => path,
  );
  return [...moves, ...[...others.values()].flatMap(changesAt)].toSorted((a, b) => b.id - a.id);
}

/** @param steps those at one path */
function changesAt(steps: readonly Step[]): readonly Change[] {
  const other = steps.findIndex(({ kind }) => kind !== 'retag');
  const retags = other < 0 ? steps : steps.slice(0, other);
  return [
    ...retags.map(({ id, path, content, entry, after, sha256 }) => {
      return { id, path, isPlaylist: false, isRetag: true, content, entry, after, sha256 };
    }),
    ...changeAt(steps.slice(retags.length)),
  ];
}

function changeAt(steps: readonly Step[]): readonly Change[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { path, kept, content, entry } = first;
  const { id, after, sha256 } = last;
  if (kept === undefined && content === undefined && after === undefined) return [];
  const isAdoption = first.kind === 'adopt';
  return [
    { id, path, isPlaylist: first.kind === 'playlist', isAdoption, kept, content, entry, after, sha256 },
  ];
}

/**
 * How a change is taken back, by what is on the disk: only where nothing has happened to it since. Pure.
 * @param at what is at its path now
 * @param other at the place where the old file is kept, or where a moved one was
 */
export function wayBack(change: Change, at: AtPath, other: AtPath): WayBack {
  const { after, kept, from, isPlaylist } = change;
  if (change.isAdoption === true) return { way: 'disown' };
  const obstacle = obstacleAt(after, at);
  if (obstacle !== undefined) return { obstacle };
  if (from !== undefined) return other === 'nothing' ? { way: 'move' } : { obstacle: 'taken' };
  if (change.isRetag === true) return { way: 'retag' };
  if (isPlaylist) return { way: change.content === undefined ? 'remove' : 'rewrite' };
  if (kept === undefined) return { way: 'trash' };
  if (typeof other === 'string') return { obstacle: 'not in trash' };
  return { way: after === undefined ? 'restore' : 'swap' };
}

function obstacleAt(after: FileFacts | undefined, at: AtPath): Obstacle | undefined {
  if (after === undefined) return at === 'nothing' ? undefined : 'taken';
  if (at === 'nothing') return 'gone';
  if (at === 'no file') return 'no file';
  return isUnchanged(at, after) ? undefined : 'changed';
}
