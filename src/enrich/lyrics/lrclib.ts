import { z } from 'zod';
import type { Clock } from '../../system/clock.ts';
import type { Http } from '../../system/http.ts';
import type { Track } from '../../tracks/track.ts';
import type { ServiceAnswer } from '../ask-once.ts';
import { createOptionalService, optionalPace, type OptionalAnswer } from '../optional-service.ts';
import { answersOf, type ServiceMemory } from '../service.ts';
import {
  lyricsIn,
  lyricsRecord,
  plainTitle,
  ranked,
  type Lyrics,
  type LyricsRecord,
  type LyricsWish,
} from './records.ts';

/** What is known of the lyrics of a song. */
export type LyricsAnswer =
  | { readonly kind: 'found'; readonly lyrics: Lyrics }
  /** There's nothing to sing. */
  | { readonly kind: 'instrumental' }
  | { readonly kind: 'none' }
  /** The service is in trouble, or wants to be left in peace. */
  | Extract<OptionalAnswer, { kind: 'later' }>;

export interface LyricsParts {
  readonly http: Pick<Http, 'request'>;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep' | 'now'>;
  readonly random: () => number;
  readonly store: { readonly services: ServiceMemory };
  /** The setting lyrics_url: the address of LRCLIB's API, without a slash at the end. */
  readonly lyricsUrl: string;
  readonly userAgent: string;
}

export interface LyricsService {
  /**
   * Looks for the lyrics of a track; what was asked before is not asked again.
   * @param durationMs of the recording that the user has
   * @throws the signal's reason
   */
  find(track: Track, durationMs: number | undefined, signal: AbortSignal): Promise<LyricsAnswer>;
}

/** What is remembered of songs that have something. */
const storedAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    lyrics: z.object({ synced: z.string().exactOptional(), plain: z.string().exactOptional() }),
  }),
  z.object({ kind: z.literal('instrumental') }),
]);

/**
 * LRCLIB (lrclib.net/docs). Since 2026 it refuses who asks too quickly, and it answers in 3 to 60 s at times: at most two
 * requests are under way, a second or more apart, of all HARMONIs of a data folder.
 */
export function createLyricsService(parts: LyricsParts): LyricsService {
  const { store, lyricsUrl } = parts;
  const service = `lrclib ${lyricsUrl}`;
  const answers = answersOf(store.services, service);
  const pace = store.services.pace(service, optionalPace(1_100));
  const ask = createOptionalService({ ...parts, pace, name: 'LRCLIB', atOnce: 2, timeoutMs: 20_000 });
  return {
    async find(track, durationMs, signal) {
      const wish = wishOf(track, durationMs);
      if (wish === undefined) return { kind: 'none' };
      const question = JSON.stringify([wish.artist, wish.title, wish.album ?? '', secondsOf(wish) ?? 0]);
      const known = answers.load(question);
      if (known !== undefined && known.kind !== 'found') return { kind: 'none' };
      const stored = storedAnswer.safeParse(known?.value);
      if (stored.success) return stored.data;
      const { answer, worth } = await look(ask, lyricsUrl, wish, signal);
      if (worth !== undefined)
        answers.save(question, { kind: worth, value: worth === 'found' ? answer : undefined });
      return answer;
    },
  };
}

/** undefined for a track without names. Pure. */
function wishOf({ artists, track, album }: Track, durationMs: number | undefined): LyricsWish | undefined {
  const [artist = ''] = artists;
  if (artist.trim() === '' || track.trim() === '') return undefined;
  return { artist, title: plainTitle(track), album, durationMs };
}

/** LRCLIB takes whole seconds, up to an hour. */
function secondsOf({ durationMs }: LyricsWish): number | undefined {
  if (durationMs === undefined) return undefined;
  const seconds = Math.round(durationMs / 1000);
  return seconds >= 1 && seconds <= 3600 ? seconds : undefined;
}

/**
 * The recording by all that is known of it, then on whatever album, then whatever a search finds. A text without times is
 * kept until one with times is found. `worth` says how long the answer is good for; undefined for now only.
 */
async function look(
  ask: ReturnType<typeof createOptionalService>,
  baseUrl: string,
  wish: LyricsWish,
  signal: AbortSignal,
): Promise<{ readonly answer: LyricsAnswer; readonly worth: ServiceAnswer['kind'] | undefined }> {
  let plain: Lyrics | undefined;
  let isRefused = false;
  for (const url of urlsOf(baseUrl, wish)) {
    const said = await ask(url, signal);
    if (said.kind === 'later') return { answer: plain === undefined ? said : found(plain), worth: undefined };
    isRefused ||= said.kind === 'refused';
    const records = said.kind === 'found' ? ranked(recordsIn(said.value), wish) : [];
    for (const record of records) {
      const lyrics = lyricsIn(record, wish.durationMs);
      if (lyrics?.synced !== undefined) return { answer: found(lyrics), worth: 'found' };
      plain ??= lyrics;
    }
    const isInstrumental = plain === undefined && records.some(({ instrumental }) => instrumental === true);
    if (isInstrumental) return { answer: { kind: 'instrumental' }, worth: 'found' };
  }
  if (plain !== undefined) return { answer: found(plain), worth: 'found' };
  return { answer: { kind: 'none' }, worth: isRefused ? 'refused' : 'none' };
}

const found = (lyrics: Lyrics): LyricsAnswer => ({ kind: 'found', lyrics });

/** One, or a list; what isn't as it should be is left out. */
function recordsIn(value: unknown): readonly LyricsRecord[] {
  return (Array.isArray(value) ? value : [value]).flatMap(
    (one: unknown) => lyricsRecord.safeParse(one).data ?? [],
  );
}

function urlsOf(baseUrl: string, wish: LyricsWish): readonly string[] {
  const { artist, title, album, durationMs } = wish;
  const names = { track_name: title, artist_name: artist };
  const seconds = durationMs === undefined ? undefined : secondsOf(wish);
  const length = seconds === undefined ? undefined : { duration: String(seconds) };
  const url = (path: string, query: Readonly<Record<string, string>>): string =>
    `${baseUrl}/${path}?${new URLSearchParams(query).toString()}`;
  return [
    ...(album === undefined || length === undefined
      ? []
      : [url('get', { ...names, album_name: album, ...length })]),
    url('get', { ...names, ...length }),
    url('search', names),
  ];
}
