import { createTrackMap } from '../tracks/identity.ts';
import type { SkippedRow, Track } from '../tracks/track.ts';
import { chosenTracks, type Chosen } from './choice.ts';
import { isDouble } from './doubles.ts';
import { estimate, type Estimate, type EstimateFacts } from './estimate.ts';

/** One list of a plan: what becomes of each song that is chosen of it. */
export interface PlannedList {
  readonly name: string;
  readonly tracks: readonly { readonly track: Track; readonly isPresent: boolean }[];
  readonly skipped: readonly SkippedRow[];
}

/** What a download would do. */
export interface Plan extends Estimate {
  readonly lists: readonly PlannedList[];
  /** Songs to be fetched, each once. */
  readonly new: number;
  /** Those of them that are in more than one list. */
  readonly shared: number;
  /** Rows whose song the library has. */
  readonly present: number;
  /** Rows that were left out because their list has the song already. */
  readonly doubles: number;
  /** Rows that cannot be used for another reason. */
  readonly skipped: number;
}

/**
 * Plans the download of what is chosen. Pure.
 * @param isPresent the library's answer, see `lookAtLibrary`
 */
export function planDownload(
  chosen: readonly Chosen[],
  isPresent: (track: Track) => boolean,
  facts: EstimateFacts,
): Plan {
  const lists = chosen.map((choice) => ({
    name: choice.list.name,
    tracks: chosenTracks(choice).map((track) => ({ track, isPresent: isPresent(track) })),
    skipped: choice.list.skipped,
  }));
  const rows = lists.flatMap(({ tracks }) => tracks);
  const wanted = rows.filter((row) => !row.isPresent).map(({ track }) => track);
  const { once, shared } = countOnce(wanted);
  const skipped = lists.flatMap((list) => list.skipped);
  const doubles = skipped.filter(isDouble).length;
  return {
    lists,
    new: once.length,
    shared,
    present: rows.length - wanted.length,
    doubles,
    skipped: skipped.length - doubles,
    ...estimate(once, facts),
  };
}

/** Each song once, and how many of them came more than once. */
function countOnce(tracks: readonly Track[]): { readonly once: readonly Track[]; readonly shared: number } {
  const numbers = createTrackMap<number>();
  const shared = new Set<number>();
  const once: Track[] = [];
  for (const track of tracks) {
    const before = numbers.get(track);
    // Also under the keys that this row adds to those of the first.
    numbers.set(track, before ?? once.length);
    if (before === undefined) once.push(track);
    else shared.add(before);
  }
  return { once, shared: shared.size };
}
