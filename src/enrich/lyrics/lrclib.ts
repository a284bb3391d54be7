import { z } from 'zod';
import type { Clock } from '../../system/clock.ts';
import type { Http } from '../../system/http.ts';
import type { Track } from '../../tracks/track.ts';
import type { AnswerMemory } from '../enricher.ts';
import { createPatientService, type PatientService } from '../patient-service.ts';
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
  | { readonly kind: 'later' };

export interface LyricsParts {
  readonly http: Pick<Http, 'request'>;
  readonly clock: Pick<Clock, 'monotonicMs' | 'sleep' | 'now'>;
  readonly random: () => number;
  readonly store: { readonly services: AnswerMemory };
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
 * requests are under way, a second or more apart.
 */
export function createLyricsService(parts: LyricsParts): LyricsService {
  const { store, lyricsUrl } = parts;
  const manners = { ...parts, gapMs: 1_100, atOnce: 2, timeoutMs: 20_000 };
  const service = createPatientService(manners);
  return {
    async find(track, durationMs, signal) {
      const wish = wishOf(track, durationMs);
      if (wish === undefined) return { kind: 'none' };
      const question = JSON.stringify([wish.artist, wish.title, wish.album ?? '', secondsOf(wish) ?? 0]);
      const known = store.services.load('lrclib', question);
      if (known?.kind === 'none') return { kind: 'none' };
      const stored = storedAnswer.safeParse(known?.value);
      if (stored.success) return stored.data;
      const { answer, isWhole } = await look(service, lyricsUrl, wish, signal);
      if (isWhole) {
        const isNone = answer.kind === 'none';
        store.services.save(
          'lrclib',
          question,
          isNone ? { kind: 'none', value: undefined } : { kind: 'found', value: answer },
        );
      }
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
 * kept until one with times is found.
 */
async function look(
  service: PatientService,
  baseUrl: string,
  wish: LyricsWish,
  signal: AbortSignal,
): Promise<{ readonly answer: LyricsAnswer; readonly isWhole: boolean }> {
  let plain: Lyrics | undefined;
  for (const url of urlsOf(baseUrl, wish)) {
    const said = await service.ask(url, signal);
    if (said.kind === 'later') return { answer: plain === undefined ? said : found(plain), isWhole: false };
    const records = said.kind === 'json' ? ranked(recordsIn(said.value), wish) : [];
    for (const record of records) {
      const lyrics = lyricsIn(record, wish.durationMs);
      if (lyrics?.synced !== undefined) return { answer: found(lyrics), isWhole: true };
      plain ??= lyrics;
    }
    const isInstrumental = plain === undefined && records.some(({ instrumental }) => instrumental === true);
    if (isInstrumental) return { answer: { kind: 'instrumental' }, isWhole: true };
  }
  return { answer: plain === undefined ? { kind: 'none' } : found(plain), isWhole: true };
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
