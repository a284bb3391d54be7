import { z } from 'zod';
import type { Music } from '../../tracks/upload.ts';
import { musicFields, musicOf, notAvailable, optionalText, textsOf } from './music.ts';

/** What one line of yt-dlp's stdout says, as asked for in arguments.ts. */
export type YtDlpLine =
  | {
      readonly type: 'before';
      readonly id: string;
      /** What yt-dlp was given, where it says so. */
      readonly url: string | undefined;
    }
  | {
      readonly type: 'progress';
      readonly id: string;
      /** 0..1 where the size is known. */
      readonly fraction: number | undefined;
      readonly bytesPerSecond: number | undefined;
    }
  | {
      readonly type: 'done';
      readonly id: string;
      readonly path: string;
      /** yt-dlp's acodec. */
      readonly codec: string | undefined;
      readonly durationMs: number | undefined;
      readonly title: string | undefined;
      readonly channel: string | undefined;
      readonly music: Music | undefined;
      /** Addresses of its pictures, the best last. */
      readonly pictures: readonly string[];
    }
  /** A video or upload that was found or listed. */
  | {
      readonly type: 'entry';
      readonly id: string;
      /** Its page. */
      readonly url: string | undefined;
      readonly title: string | undefined;
      readonly channel: string | undefined;
      readonly channelVerified: boolean | undefined;
      /** As the uploader named them. */
      readonly artists: readonly string[];
      readonly music: Music | undefined;
      readonly durationMs: number | undefined;
      readonly viewCount: number | undefined;
      /** The title of the playlist, and its page. */
      readonly list: string | undefined;
      readonly listUrl: string | undefined;
    };

const optionalNumber = z.number().nullish().catch(undefined);

const line = z.discriminatedUnion('t', [
  z.object({ t: z.literal('before'), id: z.string(), url: optionalText }),
  z.object({ t: z.literal('p'), id: z.string(), b: optionalNumber, n: optionalNumber, s: optionalNumber }),
  z.object({
    t: z.literal('done'),
    id: z.string(),
    path: z.string(),
    codec: optionalText,
    duration: optionalNumber,
    title: optionalText,
    channel: optionalText,
    ...musicFields,
    pictures: z.array(z.unknown()).nullish().catch(undefined),
  }),
  z.object({
    t: z.literal('entry'),
    id: z.string(),
    url: optionalText,
    title: optionalText,
    channel: optionalText,
    duration: optionalNumber,
    views: optionalNumber,
    verified: z.boolean().nullish().catch(undefined),
    ...musicFields,
    list: optionalText,
    listUrl: optionalText,
  }),
]);

/** Reads one line; undefined for lines that are not ours. Pure. */
export function parseYtDlpLine(text: string): YtDlpLine | undefined {
  if (!text.startsWith('{"t":')) return undefined;
  let json: unknown;
  try {
    // A text without its end is taken to the end of the line: looking for it from every quote takes the square of time.
    json = JSON.parse(
      text.replaceAll(/"(?:[^"\\]|\\[^])*(?:"|$)|NA/g, (part) => (part === notAvailable ? 'null' : part)),
    );
  } catch {
    return undefined;
  }
  const parsed = line.safeParse(json);
  if (!parsed.success) return undefined;
  const data = parsed.data;
  switch (data.t) {
    case 'before':
      return { type: 'before', id: data.id, url: data.url };
    case 'p': {
      const known = typeof data.b === 'number' && typeof data.n === 'number' && data.n > 0;
      return {
        type: 'progress',
        id: data.id,
        fraction: known ? Math.max(0, Math.min(1, Number(data.b) / Number(data.n))) : undefined,
        bytesPerSecond: data.s ?? undefined,
      };
    }
    case 'done':
      return {
        type: 'done',
        id: data.id,
        path: data.path,
        codec: data.codec,
        durationMs: inMs(data.duration),
        title: data.title,
        channel: data.channel,
        music: musicOf(data),
        pictures: textsOf(data.pictures),
      };
    case 'entry':
      return {
        type: 'entry',
        id: data.id,
        url: data.url,
        title: data.title,
        channel: data.channel,
        channelVerified: data.verified ?? undefined,
        durationMs: inMs(data.duration),
        artists: textsOf(data.artists),
        music: musicOf(data),
        viewCount: data.views ?? undefined,
        list: data.list,
        listUrl: data.listUrl,
      };
  }
}

function inMs(seconds: number | null | undefined): number | undefined {
  const ms = seconds == null ? undefined : Math.round(seconds * 1000);
  return Number.isFinite(ms) ? ms : undefined;
}
