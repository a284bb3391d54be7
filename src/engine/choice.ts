import type { Track, TrackList } from '../tracks/track.ts';

/** What is chosen of one list: a flag per track, in its order. */
export interface Chosen {
  readonly list: TrackList;
  readonly chosen: readonly boolean[];
}

/** Everything, or the first `limit` tracks. Pure. */
export function chooseAll(list: TrackList, limit: number | undefined): Chosen {
  return { list, chosen: list.tracks.map((_track, index) => index < (limit ?? Number.POSITIVE_INFINITY)) };
}

/** What a list proposes: its new songs, at most `limit` of them. Pure. */
export function chooseNew(
  list: TrackList,
  isPresent: (track: Track) => boolean,
  limit: number | undefined,
): readonly { readonly track: Track; readonly present: boolean; readonly chosen: boolean }[] {
  let left = limit ?? Number.POSITIVE_INFINITY;
  return list.tracks.map((track) => {
    const present = isPresent(track);
    const chosen = !present && left > 0;
    if (chosen) left -= 1;
    return { track, present, chosen };
  });
}

/** The tracks that are chosen of a list. Pure. */
export function chosenTracks({ list, chosen }: Chosen): readonly Track[] {
  return list.tracks.filter((_track, index) => chosen[index] === true);
}

/** Whether anything is chosen at all. Pure. */
export function isAnythingChosen(lists: readonly Chosen[]): boolean {
  return lists.some(({ chosen }) => chosen.includes(true));
}
