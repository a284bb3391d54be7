import type { FailedTrack } from '../history/failures.ts';
import type { Store } from '../history/store.ts';
import { readKnownLists } from '../library/known-lists.ts';
import { trackOf } from '../library/song-track.ts';
import { nameOf } from '../library/songs.ts';
import { countLibrary, type FailureCount, type LibraryStatistics } from '../library/statistics.ts';
import { dropDoubles } from '../tracks/identity.ts';
import { findSongs } from './library-songs.ts';

/**
 * The statistics of the songs that a query means. Playlists and failures are of the whole library, and left out where a
 * query chooses. Scan first.
 * @param library absolute
 * @throws HarmoniError usage for a query that can't be read
 */
export async function readStatistics(
  store: Pick<Store, 'files' | 'followed' | 'failures' | 'jobs' | 'journal' | 'lists' | 'sounds'>,
  library: string,
  words: readonly string[],
): Promise<LibraryStatistics> {
  const added = store.journal.addedIn(library);
  const songs = (await findSongs(store, library, words)).map((song) => ({
    ...song,
    track: trackOf(song),
    name: nameOf(song),
    // A file of the user's own is as old as it says.
    addedAtMs: added.get(song.file.path) ?? song.file.modifiedMs,
    isHeard: store.sounds.keyOf(song.file) !== undefined,
  }));
  if (words.length > 0) return countLibrary(songs, [], []);
  const origins = new Set(store.lists.all(library).map(({ origin }) => origin));
  const isHere = ({ listOrigin }: FailedTrack): boolean =>
    listOrigin === undefined || origins.has(listOrigin);
  const lists = readKnownLists(store, library);
  return countLibrary(songs, lists, causesOf(store.failures.all().filter(isHere)));
}

function causesOf(failures: readonly FailedTrack[]): readonly FailureCount[] {
  return [...Map.groupBy(failures, ({ failure }) => failure.code)]
    .map(([code, failed]) => {
      const messages = [...Map.groupBy(failed, ({ failure }) => failure.message)];
      const [reason = ''] = messages.toSorted((a, b) => b[1].length - a[1].length)[0] ?? [];
      return { code, reason, songs: dropDoubles(failed.map(({ track }) => track)).length };
    })
    .toSorted((a, b) => b.songs - a.songs);
}
