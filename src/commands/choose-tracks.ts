import { createTrackMap } from '../tracks/identity.ts';
import { songName } from '../tracks/song-name.ts';
import type { Track, TrackList } from '../tracks/track.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';

/** What is chosen of one list: a flag per track, in its order. */
export interface Chosen {
  readonly list: TrackList;
  readonly chosen: readonly boolean[];
}

/** The list without doubles; each double becomes a skipped row, so that nothing goes unsaid. */
export function withoutDoubles(list: TrackList): TrackList {
  const seen = createTrackMap<true>();
  const tracks: Track[] = [];
  const doubles: TrackList['skipped'][number][] = [];
  // The source's own numbers: the rows that it skipped count too.
  const skippedRows = new Set(list.skipped.map(({ row }) => row));
  let row = 0;
  for (const track of list.tracks) {
    do row += 1;
    while (skippedRows.has(row));
    if (seen.get(track) === true) {
      doubles.push({
        row,
        reason: 'it is in the list twice',
        text: songName(track.artist, track.track),
      });
    } else tracks.push(track);
    seen.set(track, true);
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
    const name = songName(track.artist, track.track);
    return { value: index, name, checked, ...(there ? { mark: 'already there' } : {}) };
  });
  const picked = await prompter.pick({ message: `Songs of "${list.name}"`, rows });
  if (picked === back) return back;
  const numbers = new Set(picked);
  return { list, chosen: list.tracks.map((_track, index) => numbers.has(index)) };
}

/** How many songs a choice means. */
interface SongCount {
  /** Songs to be fetched, each once. */
  readonly fresh: number;
  /** Those of them that are in more than one list. */
  readonly shared: number;
  readonly there: number;
}

export function countSongs(chosen: readonly Chosen[], isThere: (track: Track) => boolean): SongCount {
  const seen = createTrackMap<number>();
  const shared = new Set<number>();
  let fresh = 0;
  let there = 0;
  for (const { list, chosen: flags } of chosen) {
    for (const track of list.tracks.filter((_track, index) => flags[index] === true)) {
      if (isThere(track)) {
        there += 1;
        continue;
      }
      const before = seen.get(track);
      if (before !== undefined) shared.add(before);
      seen.set(track, before ?? fresh);
      if (before === undefined) fresh += 1;
    }
  }
  return { fresh, shared: shared.size, there };
}

/** "1 song", "12 songs" */
export const songs = (many: number): string => `${many} ${many === 1 ? 'song' : 'songs'}`;

/**
 * One question for several lists, so that nobody goes through thirty song pickers to say yes.
 * @param place "as mp3 to /music"
 */
export async function askHowToChoose(
  prompter: Prompter,
  all: readonly Chosen[],
  isThere: (track: Track) => boolean,
  place: string,
): Promise<'all' | 'pick' | Back> {
  const { fresh, shared, there } = countSongs(all, isThere);
  const counts = [
    `${songs(fresh)} to download`,
    shared > 0 && `${shared} of them in more than one list`,
    there > 0 && `${there} already there`,
  ].filter((part) => part !== false);
  return prompter.select<'all' | 'pick'>({
    message: `${all.length} lists: ${counts.join(', ')}.`,
    choices: [
      fresh === 0
        ? {
            value: 'all',
            name: 'Write the playlist files',
            description: 'Nothing is downloaded: every song is there.',
          }
        : { value: 'all', name: `Download ${songs(fresh)} ${place}`, description: 'All that are new.' },
      {
        value: 'pick',
        name: 'Choose songs, list by list',
        description: 'A list to tick for each playlist.',
      },
    ],
  });
}
