import { trackKeys } from '../tracks/identity.ts';
import type { Track, TrackList } from '../tracks/track.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';

/** What is chosen of one list: a flag per track, in its order. */
export interface Chosen {
  readonly list: TrackList;
  readonly chosen: readonly boolean[];
}

/** The list without doubles; each double becomes a skipped row, so that nothing goes unsaid. */
export function withoutDoubles(list: TrackList): TrackList {
  const seen = new Set<string>();
  const tracks: Track[] = [];
  const doubles: TrackList['skipped'][number][] = [];
  // The source's own numbers: the rows that it skipped count too.
  const skippedRows = new Set(list.skipped.map(({ row }) => row));
  let row = 0;
  for (const track of list.tracks) {
    do row += 1;
    while (skippedRows.has(row));
    const keys = trackKeys(track);
    if (keys.some((key) => seen.has(key))) {
      doubles.push({
        row,
        reason: 'it is in the list twice',
        text: `${track.artist} - ${track.track}`,
      });
    } else tracks.push(track);
    for (const key of keys) seen.add(key);
  }
  return { ...list, tracks, skipped: [...list.skipped, ...doubles] };
}

/** Everything, or the first `limit` tracks. */
export function chooseAll(list: TrackList, limit: number | undefined): Chosen {
  return { list, chosen: list.tracks.map((_track, index) => index < (limit ?? Number.POSITIVE_INFINITY)) };
}

/** The song picker: one row per song, with what the library has already not ticked. */
export async function chooseTracks(
  prompter: Prompter,
  list: TrackList,
  isThere: (track: Track) => boolean,
  limit: number | undefined,
): Promise<Chosen | Back> {
  let ticked = 0;
  const rows = list.tracks.map((track, index) => {
    const there = isThere(track);
    const checked = !there && ticked < (limit ?? Number.POSITIVE_INFINITY);
    if (checked) ticked += 1;
    const name = track.artist === '' ? track.track : `${track.artist} - ${track.track}`;
    return { value: index, name, checked, ...(there ? { mark: 'already there' } : {}) };
  });
  const picked = await prompter.pick({ message: `Songs of "${list.name}"`, rows });
  if (picked === back) return back;
  const numbers = new Set(picked);
  return { list, chosen: list.tracks.map((_track, index) => numbers.has(index)) };
}
