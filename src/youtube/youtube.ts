import { z } from 'zod';
import { HarmoniError } from '../errors.ts';
import type { Http } from '../system/http.ts';
import type { Candidate, Finder } from './finder.ts';
import { searchMusic } from './music-search.ts';
import { describeArgs, searchArgs, type YtDlpSettings } from './ytdlp-args.ts';
import { classifyYtDlpError, parseErrorLine } from './ytdlp-errors.ts';
import { runYtDlp } from './ytdlp.ts';

export interface YouTubeDeps {
  readonly http: Http;
  readonly musicUrl: string;
  /** Finds yt-dlp when it is first needed. */
  readonly ytDlp: () => Promise<{ path: string; settings: YtDlpSettings }>;
  readonly silenceMs: number;
}

const resultsPerSearch = 20;

/** YouTube Music's search for the exact kinds, yt-dlp's ytsearch for the plain one. */
export function createFinder(deps: YouTubeDeps): Finder {
  return {
    async search(kind, query, signal) {
      const found =
        kind === 'plain'
          ? await searchPlain(deps, query, signal)
          : await searchMusic(deps.http, deps.musicUrl, kind, query, signal);
      return found.slice(0, resultsPerSearch);
    },
  };
}

const text = z.string().nullish().catch(undefined);
const number = z.number().nullish().catch(undefined);
const flatEntry = z.object({
  id: z.string().regex(/^[\w-]{11}$/),
  title: text,
  channel: text,
  uploader: text,
  duration: number,
  view_count: number,
  channel_is_verified: z.boolean().nullish().catch(undefined),
});
type FlatEntry = z.output<typeof flatEntry>;

async function searchPlain(deps: YouTubeDeps, query: string, signal: AbortSignal): Promise<Candidate[]> {
  const { path, settings } = await deps.ytDlp();
  const lines: string[] = [];
  const end = await runYtDlp(path, searchArgs(query, resultsPerSearch, settings), {
    signal,
    silenceMs: deps.silenceMs,
    onLine: (line) => lines.push(line),
    onErrorLine: () => undefined,
  });
  const found = lines.flatMap((line) => {
    const entry = flatEntry.safeParse(parseJson(line));
    return entry.success && entry.data.title != null ? [asCandidate(entry.data, entry.data.title)] : [];
  });
  // A query without hits ends with 0 and prints nothing.
  if (found.length === 0 && end.exitCode !== 0) throw asHarmoniError(end.stderr, end.stalled);
  return found;
}

function asCandidate(entry: FlatEntry, title: string): Candidate {
  const channel = entry.channel ?? entry.uploader ?? undefined;
  return {
    videoId: entry.id,
    title,
    kind: 'video',
    artists: [],
    ...(channel === undefined ? {} : { channel }),
    ...(entry.channel_is_verified == null ? {} : { channelVerified: entry.channel_is_verified }),
    ...(entry.duration == null ? {} : { durationMs: Math.round(entry.duration * 1000) }),
    ...(entry.view_count == null ? {} : { viewCount: entry.view_count }),
  };
}

export interface ListedVideos {
  readonly title: string;
  readonly videos: readonly { id: string; title: string; channel?: string; durationMs?: number }[];
}

const described = z.object({ title: text, entries: z.array(z.unknown()).optional() });

/**
 * The videos behind a link: one, or those of a playlist in its order.
 * @throws HarmoniError with yt-dlp's failure in our words
 */
export async function listVideos(deps: YouTubeDeps, url: string, signal: AbortSignal): Promise<ListedVideos> {
  const { path, settings } = await deps.ytDlp();
  const lines: string[] = [];
  const end = await runYtDlp(path, describeArgs(url, settings), {
    signal,
    silenceMs: deps.silenceMs,
    onLine: (line) => lines.push(line),
    onErrorLine: () => undefined,
  });
  const json = parseJson(lines.join('\n'));
  const answer = described.safeParse(json);
  if (!answer.success || json === null) throw asHarmoniError(end.stderr, end.stalled);
  const videos = (answer.data.entries ?? [json]).flatMap((entry) => {
    const parsed = flatEntry.safeParse(entry);
    if (!parsed.success) return [];
    const { id, duration } = parsed.data;
    const channel = parsed.data.channel ?? parsed.data.uploader;
    return [
      {
        id,
        title: parsed.data.title ?? '',
        ...(channel == null ? {} : { channel }),
        ...(duration == null ? {} : { durationMs: Math.round(duration * 1000) }),
      },
    ];
  });
  return { title: answer.data.title ?? 'YouTube', videos };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function asHarmoniError(stderr: string, stalled: boolean): HarmoniError {
  const lines = stderr.split('\n').flatMap((line) => parseErrorLine(line)?.text ?? []);
  const failure = classifyYtDlpError(stalled ? 'timed out' : (lines[0] ?? 'it ended without an answer'));
  return new HarmoniError(failure.code, failure.message);
}
