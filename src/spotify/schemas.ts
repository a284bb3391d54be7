import { z } from 'zod';
import { HarmoniError } from '../errors.ts';

/**
 * Spotify's answers as far as they are used. Every field may be missing, null or of another type, because two kinds
 * of developer apps get two sets of fields (since 2026-02-11): then it is undefined, and only what a request is
 * made for is demanded.
 */
const maybe = <T extends z.ZodType>(type: T) =>
  type
    .nullish()
    .catch(null)
    .transform((value) => value ?? undefined);

const text = maybe(z.string());
const number = maybe(z.number());
const flag = maybe(z.boolean());
const texts = maybe(z.record(z.string(), z.unknown()));

const artistSchema = z.object({ name: text, uri: text });
const artists = maybe(z.array(maybe(artistSchema)));
const images = maybe(z.array(maybe(z.object({ url: text, width: number, height: number }))));

const albumFields = {
  id: text,
  uri: text,
  name: text,
  artists,
  images,
  release_date: text,
  total_tracks: number,
  album_type: text,
  label: text,
  genres: maybe(z.array(z.string())),
  copyrights: maybe(z.array(z.object({ text }))),
  external_ids: texts,
};

/** A track, or what stands in its place: an episode, a local file, the shell of something removed. */
export const itemSchema = z.object({
  type: text,
  id: text,
  uri: text,
  name: text,
  artists,
  album: maybe(z.object(albumFields)),
  show: maybe(z.object({ name: text })),
  // The inner object has booleans of these names: "track" here is never the track itself.
  episode: flag,
  is_local: flag,
  is_playable: flag,
  duration_ms: number,
  track_number: number,
  disc_number: number,
  explicit: flag,
  external_ids: texts,
  popularity: number,
  linked_from: maybe(z.object({ uri: text })),
  restrictions: maybe(z.object({ reason: text })),
});
export type SpotifyItem = z.output<typeof itemSchema>;

/** A row of a playlist (`item`, for old apps also `track`) or of the liked songs (`track`). */
export const entrySchema = z.object({
  added_at: text,
  is_local: flag,
  item: maybe(itemSchema),
  track: maybe(itemSchema),
});
export type SpotifyEntry = z.output<typeof entrySchema>;

/** A page of anything. `next` is only a stop sign: it may name an address that Spotify has closed. */
export const pageSchema = z.object({
  items: z.array(z.unknown()),
  total: number,
  limit: number,
  next: text,
});
export type SpotifyPage = z.output<typeof pageSchema>;

const counted = maybe(z.object({ total: number }));

export const playlistSchema = z.object({
  id: z.string(),
  name: text,
  owner: maybe(z.object({ id: text, display_name: text })),
  collaborative: flag,
  snapshot_id: text,
  // Renamed from `tracks` to `items` in 2026-02; an old app gets both.
  items: counted,
  tracks: counted,
});
export type SpotifyPlaylist = z.output<typeof playlistSchema>;

export const albumSchema = z.object({ ...albumFields, tracks: maybe(pageSchema) });
export type SpotifyAlbum = z.output<typeof albumSchema>;

export const meSchema = z.object({ id: z.string(), display_name: text, account_id: text });

/** The parsed answer. Throws HarmoniError response-not-understood when what is needed is not in it. */
export function understand<T extends z.ZodType>(schema: T, value: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HarmoniError('response-not-understood', `${what}: HARMONI doesn't understand Spotify's answer.`, {
    cause: parsed.error,
  });
}
