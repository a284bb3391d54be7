import type { TrackList } from '../tracks/track.ts';
import { pageSize, readPages } from './paging.ts';
import { entrySchema, pageSchema, understand, type SpotifyPage } from './schemas.ts';
import {
  collect,
  entryRow,
  toTrackPage,
  trimEntries,
  type Reader,
  type ReadOptions,
  type TrackPage,
} from './track-page.ts';

const what = 'Your liked songs';
const key = 'liked:1';
const mostReadings = 3;
/** Rows in which a repeated one is looked for: songs liked meanwhile push the rest back by some places. */
const lookBack = 4 * pageSize;

/**
 * The liked songs, newest first, in bounded memory. They have no snapshot id; but as every new one comes first, the
 * number of songs together with the first row is as good as one. A song liked meanwhile comes with the next reading.
 */
export async function* likedPages(reader: Reader, options: ReadOptions): AsyncGenerator<TrackPage, void> {
  const load = async (offset: number, signal: AbortSignal | undefined): Promise<SpotifyPage> => {
    const answer = await reader.ask({ path: '/me/tracks', query: { limit: pageSize, offset }, what, signal });
    return understand(pageSchema, answer, what);
  };
  const first = await load(0, options.signal);
  const snapshotId = stateOf(first);
  const { checkpoints } = reader;
  const pages = readPages({
    load: async (offset, signal) => (offset === 0 ? first : load(offset, signal)),
    trim: trimEntries,
    ...(checkpoints === undefined ? {} : { saved: { checkpoints, key, snapshotId } }),
    atOnce: reader.atOnce,
    signal: options.signal,
  });
  let recent: string[] = [];
  for await (const page of pages) {
    const names = page.entries.map(nameOf);
    const known = new Set(recent);
    const entries = page.entries.filter((_, index) => !known.has(names[index] ?? ''));
    recent = [...recent, ...names.filter((name) => name !== '')].slice(-lookBack);
    yield toTrackPage({ ...page, entries }, entryRow);
  }
}

/** All liked songs. Read again when songs were taken away meanwhile: another may then have slipped through. */
export async function readLiked(reader: Reader, options: ReadOptions): Promise<TrackList> {
  for (let reading = 1; ; reading += 1) {
    const { tracks, skipped, shrank, isPartial } = await collect(likedPages(reader, options), options);
    if (isPartial) reader.checkpoints?.drop(key);
    if (!shrank || reading === mostReadings) {
      return {
        name: 'Liked Songs',
        origin: 'spotify:liked',
        ...(shrank || isPartial ? { isPartial: true } : {}),
        tracks,
        skipped,
        folder: 'own',
      };
    }
    reader.checkpoints?.drop(key);
  }
}

/** What the liked songs' state is called here: one request. It changes with every song liked or taken away. */
export async function likedSnapshot({ ask }: Reader, signal: AbortSignal | undefined): Promise<string> {
  const answer = await ask({ path: '/me/tracks', query: { limit: 1, offset: 0 }, what, signal });
  return stateOf(understand(pageSchema, answer, what));
}

function stateOf(page: SpotifyPage): string {
  return `${page.total ?? '?'} ${nameOf(page.items[0])}`;
}

/** A song is liked once, at one time. "" for a row that says neither. */
function nameOf(entry: unknown): string {
  const { data } = entrySchema.safeParse(entry);
  const item = data?.track ?? data?.item;
  return item?.uri === undefined ? '' : `${item.uri} ${data?.added_at ?? ''}`;
}
