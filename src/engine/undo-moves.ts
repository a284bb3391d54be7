import { HarmoniError } from '../errors.ts';
import { isSidecar, stemOf } from '../downloads/sidecars.ts';
import { dueRun } from '../library/organise/renames.ts';
import { followPlaylists, type FollowParts } from '../library/organise/follow-playlists.ts';
import type { Change, WayBack } from '../history/way-back.ts';
import { exists } from '../system/files.ts';

type Fate = WayBack & Pick<Change, 'id' | 'path' | 'from' | 'isPlaylist'>;

/** A sidecar that was moved with a song goes back only with it. Pure. */
export function withTheirSongs(changes: readonly Fate[]): readonly Fate[] {
  const keyOf = ({ path, from = '' }: Fate): string => `${stemOf(path)}\0${stemOf(from)}`;
  const staying = new Map(
    changes.flatMap((change) =>
      change.from === undefined || change.obstacle === undefined || isSidecar(change.path)
        ? []
        : [[keyOf(change), change.obstacle]],
    ),
  );
  return changes.map(({ id, path, from, isPlaylist, ...fate }) => {
    const change = { id, path, from, isPlaylist };
    const obstacle =
      isSidecar(path) && from !== undefined ? staying.get(keyOf({ ...change, ...fate })) : undefined;
    return obstacle === undefined ? { ...change, ...fate } : { ...change, obstacle };
  });
}

/**
 * Playlist files lead to the songs, whether those went back or not: one that says what it said before names old paths, and
 * others, also those that came since, name the new ones.
 * @param run the one that was taken back
 * @param done what was taken back, in this order
 * @throws HarmoniError output-not-writable, when the other playlist files follow
 */
export async function followUndone(
  parts: Omit<FollowParts, 'onRefused'>,
  run: number,
  done: readonly Fate[],
): Promise<void> {
  const { journal } = parts.store;
  const id = parts.changes.id();
  if (id === undefined) return;
  // Where songs changed places a name doesn't tell whether a killed run has written it already.
  const places = new Set(journal.steps(run).map(({ from }) => from));
  const back = new Map([...dueRun(journal.steps(id)).renamed].filter(([path]) => !places.has(path)));
  const stayed = new Map<string, string>();
  for (const [from, path] of dueRun(journal.steps(run)).renamed)
    if (await exists(path)) stayed.set(from, path);
  if (back.size + stayed.size === 0) return;
  const refused: string[] = [];
  const follow = { ...parts, onRefused: (_: string, message: string) => void refused.push(message) };
  const written = placesOfWritten(done);
  if (stayed.size > 0)
    await followPlaylists(follow, { renamed: stayed, isWanted: (file) => written.has(file) });
  if (back.size > 0) await followPlaylists(follow, { renamed: back, isWanted: (file) => !written.has(file) });
  if (refused[0] !== undefined) throw new HarmoniError('output-not-writable', refused[0]);
}

/** Where the playlist files are that the undo wrote: some were moved then. Pure. */
function placesOfWritten(done: readonly Fate[]): ReadonlySet<string> {
  const places = new Set<string>();
  for (const { way, path, from, isPlaylist } of done) {
    if (way === 'rewrite' || way === 'renew') places.add(path);
    else if (way === 'move' && isPlaylist && from !== undefined && places.delete(path)) places.add(from);
  }
  return places;
}
