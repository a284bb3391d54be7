import type { SkippedRow, Track, TrackList } from '../tracks/track.ts';
import type { PageCheckpoints } from './checkpoints.ts';
import type { ListPage } from './paging.ts';
import type { Ask } from './request.ts';
import { entrySchema } from './schemas.ts';
import { toTrack, type ReadRow } from './to-track.ts';

/** What every reading needs. */
export interface Reader {
  readonly ask: Ask;
  readonly checkpoints?: PageCheckpoints;
  /** Pages in flight. */
  readonly atOnce: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** After each page, in rows. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** Some rows of a list, in order. */
export interface TrackPage {
  readonly tracks: readonly Track[];
  readonly skipped: readonly SkippedRow[];
  /** Rows up to here. */
  readonly done: number;
  /** Rows of the whole list. */
  readonly total: number;
  /** False when it comes from the store. */
  readonly fresh: boolean;
}

/** Only what is used of each row, once: an old app repeats `item` as `track`, and has a list of 180 markets. */
export function trimEntries(entries: readonly unknown[]): readonly unknown[] {
  return entries.map((entry) => {
    const { data } = entrySchema.safeParse(entry);
    return data === undefined ? null : { ...data, item: data.item ?? data.track, track: undefined };
  });
}

export function entryRow(entry: unknown, row: number): ReadRow {
  return toTrack(entrySchema.safeParse(entry).data, row);
}

export function toTrackPage(page: ListPage, toRow: (entry: unknown, row: number) => ReadRow): TrackPage {
  const rows = page.entries.map((entry, index) => toRow(entry, page.offset + index + 1));
  const { total } = page;
  return {
    tracks: rows.flatMap((row) => ('track' in row ? [row.track] : [])),
    skipped: rows.flatMap((row) => ('skipped' in row ? [row.skipped] : [])),
    done: Math.min(page.nextOffset, total),
    total,
    fresh: page.fresh,
  };
}

/**
 * All pages as one list; `shrank` when the list lost rows meanwhile, so that one may have slipped through, and `isPartial`
 * when fewer rows came than the list has.
 */
export async function collect(
  pages: AsyncIterable<TrackPage>,
  options: ReadOptions,
): Promise<
  Pick<TrackList, 'tracks' | 'skipped'> & {
    pages: number;
    fresh: number;
    shrank: boolean;
    isPartial: boolean;
  }
> {
  const tracks: Track[] = [];
  const skipped: SkippedRow[] = [];
  let count = 0;
  let fresh = 0;
  let total: number | undefined;
  let newestTotal = 0;
  let shrank = false;
  for await (const page of pages) {
    tracks.push(...page.tracks);
    skipped.push(...page.skipped);
    count += 1;
    if (page.fresh) fresh += 1;
    total ??= page.total;
    newestTotal = page.total;
    if (page.total < total) shrank = true;
    options.onProgress?.({ done: page.done, total: page.total });
  }
  // A row is a song or has a reason why it is none: fewer of both are a page that came empty.
  const isPartial = tracks.length + skipped.length < newestTotal;
  return { tracks, skipped, pages: count, fresh, shrank, isPartial };
}
