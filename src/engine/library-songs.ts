import type { Store } from '../history/store.ts';
import { readListMembers } from '../library/list-members.ts';
import { parseQuery } from '../library/query.ts';
import { songsOf, type LibrarySong } from '../library/songs.ts';

/**
 * The songs of a library that a query means, as the index knows them. Scan first.
 * @param library absolute
 * @param words of a query, as parseQuery takes them
 * @throws HarmoniError usage for a query that can't be read
 */
export async function findSongs(
  store: Pick<Store, 'files' | 'lists'>,
  library: string,
  words: readonly string[],
): Promise<readonly LibrarySong[]> {
  const query = parseQuery(words, library);
  const listsOf = query.asksForLists ? await readListMembers(store, library) : undefined;
  return songsOf(store, library, listsOf).filter((song) => query.matches(song));
}
