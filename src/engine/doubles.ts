import { createTrackMap } from '../tracks/identity.ts';
import { songName } from '../tracks/song-name.ts';
import type { SkippedRow, Track, TrackList } from '../tracks/track.ts';

const doubleReason = 'duplicate';

/** The list without doubles; each double becomes a skipped row, so that nothing goes unsaid. Pure. */
export function withoutDoubles(list: TrackList): TrackList {
  const seen = createTrackMap<true>();
  const tracks: Track[] = [];
  const doubles: SkippedRow[] = [];
  // The source's own numbers: the rows that it skipped count too.
  const skippedRows = new Set(list.skipped.map(({ row }) => row));
  let row = 0;
  for (const track of list.tracks) {
    do row += 1;
    while (skippedRows.has(row));
    if (seen.get(track) === true)
      doubles.push({ row, reason: doubleReason, text: songName(track.artist, track.track) });
    else tracks.push(track);
    seen.set(track, true);
  }
  return { ...list, tracks, skipped: [...list.skipped, ...doubles] };
}

/** Whether a row was left out because the list has its song already. Pure. */
export function isDouble(row: SkippedRow): boolean {
  return row.reason === doubleReason;
}
