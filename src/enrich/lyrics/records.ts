import { z } from 'zod';
import { foldArtist, foldName } from '../../tracks/fold.ts';
import { areSynced, plainText, timedLines, withoutTimes } from './lrc.ts';

/** Lyrics of a song: with the time of each line, or without. At least one of them is there. */
export interface Lyrics {
  /** Lines of LRC that fit the song. */
  readonly synced?: string;
  readonly plain?: string;
}

/** The song whose lyrics are looked for. */
export interface LyricsWish {
  /** The main artist. */
  readonly artist: string;
  /** Without credits and "Remastered 2011". */
  readonly title: string;
  readonly album: string | undefined;
  readonly durationMs: number | undefined;
}

/** What LRCLIB knows of a recording, as far as it's used: GET /api/get, GET /api/search. */
export const lyricsRecord = z.object({
  trackName: z.string().nullish(),
  artistName: z.string().nullish(),
  /** In seconds. */
  duration: z.number().nullish(),
  instrumental: z.boolean().nullish(),
  plainLyrics: z.string().nullish(),
  syncedLyrics: z.string().nullish(),
});
export type LyricsRecord = z.output<typeof lyricsRecord>;

const mostChars = 64 * 1024;
/** How far lengths may be apart: more is another recording. */
const mostMs = 3_000;
const html = /<\/?(?:!doctype|html|body|head|div|span|script|p|br|a)\b[^>]*>/i;

const credits =
  /\s*(?:[([]\s*(?:feat|ft|featuring|with)\b\.?[^)\]]*[)\]]|\s(?:feat|ft|featuring)\b\.?\s.*$)/giu;
const remaster =
  /\s*(?:[([][^)\]]*\bremaster(?:ed)?\b[^)\]]*[)\]]|\s[-–—]\s[^-–—]*\bremaster(?:ed)?\b[^-–—]*$)/giu;

/** A title as services of lyrics have it. Pure. */
export function plainTitle(title: string): string {
  const bare = title.replaceAll(remaster, '').replaceAll(credits, '').trim();
  return bare === '' ? title : bare;
}

/** The lyrics in a record, where it's of a recording as long as this one; undefined where none are of any use. Pure. */
export function lyricsIn(record: LyricsRecord, durationMs: number | undefined): Lyrics | undefined {
  if (distanceMs(record, durationMs) > mostMs) return undefined;
  const lengthMs = durationMs ?? (record.duration ?? 0) * 1000;
  const timed = textOf(record.syncedLyrics, timedLines);
  const synced = timed !== undefined && areSynced(timed, lengthMs) ? timed : undefined;
  const plain =
    textOf(record.plainLyrics, plainText) ?? (synced === undefined ? undefined : withoutTimes(synced));
  if (synced === undefined && plain === undefined) return undefined;
  return { ...(synced === undefined ? {} : { synced }), ...(plain === undefined ? {} : { plain }) };
}

/** Services were given pages of websites, too. */
function textOf(text: string | null | undefined, clean: (text: string) => string): string | undefined {
  if (text === null || text === undefined || text.length > mostChars || html.test(text)) return undefined;
  const cleaned = clean(text);
  return cleaned === '' ? undefined : cleaned;
}

/** 0 where one of the lengths isn't known. */
function distanceMs({ duration }: LyricsRecord, durationMs: number | undefined): number {
  const known = duration ?? 0;
  return known === 0 || durationMs === undefined ? 0 : Math.abs(known * 1000 - durationMs);
}

/** The records of a search that are of the song, best first: those with times, then by length. Pure. */
export function ranked(records: readonly LyricsRecord[], wish: LyricsWish): readonly LyricsRecord[] {
  const { durationMs } = wish;
  const isSynced = (record: LyricsRecord): boolean => lyricsIn(record, durationMs)?.synced !== undefined;
  return records
    .filter((record) => isOfSong(record, wish) && distanceMs(record, durationMs) <= mostMs)
    .map((record) => ({ record, synced: isSynced(record), ms: distanceMs(record, durationMs) }))
    .toSorted((a, b) => Number(b.synced) - Number(a.synced) || a.ms - b.ms)
    .map(({ record }) => record);
}

const names = /\s*(?:,|;|\/|\s(?:&|x|feat\.?|ft\.?|featuring|with|and)\s)\s*/iu;

function isOfSong({ trackName, artistName }: LyricsRecord, { title, artist }: LyricsWish): boolean {
  const wanted = foldArtist(artist);
  const found = [artistName ?? '', (artistName ?? '').split(names)[0] ?? ''];
  const isArtist = found.some((name) => name !== '' && foldArtist(name) === wanted);
  return isArtist && foldName(plainTitle(trackName ?? '')) === foldName(title);
}
