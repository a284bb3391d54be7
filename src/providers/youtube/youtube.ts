import { HarmoniError } from '../../errors.ts';
import type { Http } from '../../system/http.ts';
import type { Candidate } from '../../matching/candidate.ts';
import type { Finder } from '../../matching/match.ts';
import { searchMusic } from './music-search.ts';
import { describeArgs, searchArgs, type YtDlpSettings } from '../ytdlp/arguments.ts';
import { classifyYtDlpError, parseErrorLine, startFailure } from '../ytdlp/failures.ts';
import { parseYtDlpLine, type YtDlpLine } from '../ytdlp/output.ts';
import { runYtDlp } from '../ytdlp/process.ts';

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

type Entry = Extract<YtDlpLine, { type: 'entry' }>;

async function searchPlain(deps: YouTubeDeps, query: string, signal: AbortSignal): Promise<Candidate[]> {
  const { path, settings } = await deps.ytDlp();
  const entries = await readEntries(deps, path, searchArgs(query, resultsPerSearch, settings), signal);
  return entries.flatMap((entry) => (entry.title === undefined ? [] : [asCandidate(entry, entry.title)]));
}

/** The videos that yt-dlp names. A query without hits and an empty playlist end with 0 and print nothing. */
async function readEntries(
  deps: YouTubeDeps,
  path: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  const end = await runYtDlp(path, args, {
    signal,
    silenceMs: deps.silenceMs,
    onLine(text) {
      const line = parseYtDlpLine(text);
      // Channels and playlists turn up among the hits too.
      if (line?.type === 'entry' && /^[\w-]{11}$/.test(line.id)) entries.push(line);
    },
    onErrorLine: () => undefined,
  });
  if (entries.length === 0 && (end.exitCode !== 0 || end.stalled)) {
    const story = { ofVideos: false, ofItself: false, refused: false };
    throw startFailure(end, story) ?? asHarmoniError(end.stderr, end.stalled);
  }
  return entries;
}

function asCandidate(entry: Entry, title: string): Candidate {
  const { id, channel, channelVerified, durationMs, viewCount } = entry;
  return {
    videoId: id,
    title,
    kind: 'video',
    artists: [],
    ...(channel === undefined ? {} : { channel }),
    ...(channelVerified === undefined ? {} : { channelVerified }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(viewCount === undefined ? {} : { viewCount }),
  };
}

export interface ListedVideos {
  readonly title: string;
  readonly videos: readonly { id: string; title: string; channel?: string; durationMs?: number }[];
}

/**
 * The videos behind a link: one, or those of a playlist in its order.
 * @throws HarmoniError with yt-dlp's failure in our words
 */
export async function listVideos(deps: YouTubeDeps, url: string, signal: AbortSignal): Promise<ListedVideos> {
  const { path, settings } = await deps.ytDlp();
  const entries = await readEntries(deps, path, describeArgs(url, settings), signal);
  return {
    title: entries[0]?.list ?? entries[0]?.title ?? 'YouTube',
    videos: entries.map(({ id, title = '', channel, durationMs }) => ({
      id,
      title,
      ...(channel === undefined ? {} : { channel }),
      ...(durationMs === undefined ? {} : { durationMs }),
    })),
  };
}

function asHarmoniError(stderr: string, stalled: boolean): HarmoniError {
  const lines = stderr.split('\n').flatMap((line) => parseErrorLine(line)?.text ?? []);
  const failure = classifyYtDlpError(stalled ? 'timed out' : (lines[0] ?? 'it ended without an answer'));
  return new HarmoniError(failure.code, failure.message);
}
