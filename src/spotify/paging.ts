import type { PageCheckpoints, SavedPage } from './checkpoints.ts';
import type { SpotifyPage } from './schemas.ts';

/** The most rows that a page may have; 51 is answered with 400. */
export const pageSize = 50;
/** Spotify's own limit for offsets. */
const lastOffset = 100_000;

interface PagedList {
  readonly load: (offset: number, signal: AbortSignal) => Promise<SpotifyPage>;
  /** Makes the entries of a page small and storable. */
  readonly trim?: (entries: readonly unknown[]) => readonly unknown[];
  /** Where pages are kept; without it every page is asked for. */
  readonly saved?: {
    readonly checkpoints: PageCheckpoints;
    readonly key: string;
    readonly snapshotId: string;
  };
  /** Pages in flight once the first one has told the total; default 3. */
  readonly atOnce?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ListPage extends SavedPage {
  readonly fresh: boolean;
}

/**
 * The pages of a list in order, by offsets of our own: `next` may name a closed address. Saved pages come first, then
 * the rest is read with a few pages ahead, so memory holds some pages whatever the length. A page is saved before it
 * is handed on.
 */
export async function* readPages(list: PagedList): AsyncGenerator<ListPage, void> {
  const most = lastOffset + pageSize;
  const stop = new AbortController();
  const signal = list.signal === undefined ? stop.signal : AbortSignal.any([list.signal, stop.signal]);
  const fetchPage = async (offset: number): Promise<ListPage> => {
    const page = await list.load(offset, signal);
    return { ...asSaved(page, offset, list.trim), fresh: true };
  };

  let offset = 0;
  let known: SavedPage | undefined;
  for (let page = fromStore(list, 0); page !== undefined; page = fromStore(list, offset)) {
    yield { ...page, fresh: false };
    known = page;
    offset = page.nextOffset;
    if (offset >= Math.min(page.total, most)) return;
  }

  const ahead: Promise<ListPage>[] = [];
  let stride = known === undefined ? pageSize : known.nextOffset - known.offset;
  const fill = (end: number, places: number): void => {
    for (; ahead.length < places && offset < end; offset += stride) {
      const page = fetchPage(offset);
      // A page that fails while an earlier one is awaited is reported when its turn comes.
      page.catch(() => undefined);
      ahead.push(page);
    }
  };
  try {
    fill(most, 1);
    for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
      const page = await next;
      if (known === undefined) {
        stride = page.nextOffset - page.offset;
        offset = page.nextOffset;
      }
      known ??= page;
      // Another total means another state of the list, which the saved pages are not part of.
      if (page.total === known.total)
        list.saved?.checkpoints.save(list.saved.key, list.saved.snapshotId, page);
      yield page;
      fill(Math.min(page.total, most), list.atOnce ?? 3);
    }
  } finally {
    stop.abort();
  }
}

function fromStore(list: PagedList, offset: number): SavedPage | undefined {
  const saved = list.saved;
  return saved?.checkpoints.load(saved.key, saved.snapshotId, offset);
}

/** A server that gives fewer rows to a page than it was asked for says so in `limit`. */
function asSaved(page: SpotifyPage, offset: number, trim: PagedList['trim']): SavedPage {
  const rows = page.limit === undefined || page.limit < 1 || page.limit > pageSize ? pageSize : page.limit;
  const nextOffset = offset + rows;
  const unknownTotal = page.next === undefined ? offset + page.items.length : nextOffset + 1;
  return {
    offset,
    nextOffset,
    total: page.total ?? unknownTotal,
    entries: trim?.(page.items) ?? page.items,
  };
}
