import { HarmoniError } from '../../errors.ts';
import type { YtDlpSettings } from './arguments.ts';
import { classifyYtDlpError, parseErrorLine, startFailure, type Service } from './failures.ts';
import { parseYtDlpLine, type YtDlpLine } from './output.ts';
import { runYtDlp } from './process.ts';

/** What a provider needs to ask yt-dlp. */
export interface YtDlpDeps {
  /** Finds yt-dlp when it is first needed. */
  readonly ytDlp: () => Promise<{ path: string; settings: YtDlpSettings }>;
  /** It is ended when it prints nothing for so long. */
  readonly silenceMs: number;
}

/** A video or upload that yt-dlp found or listed. */
export type Entry = Extract<YtDlpLine, { type: 'entry' }>;

/**
 * Runs yt-dlp and gives what it names. A query without hits and an empty playlist end with 0 and print nothing.
 * @param argsOf makes the arguments: `searchArgs` or `describeArgs`
 * @throws HarmoniError with yt-dlp's failure in our words
 */
export async function readEntries(
  deps: YtDlpDeps,
  service: Service,
  argsOf: (settings: YtDlpSettings) => readonly string[],
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const { path, settings } = await deps.ytDlp();
  const entries: Entry[] = [];
  const end = await runYtDlp(path, argsOf(settings), {
    signal,
    silenceMs: deps.silenceMs,
    onLine(text) {
      const line = parseYtDlpLine(text);
      if (line?.type === 'entry') entries.push(line);
    },
    onErrorLine: () => undefined,
  });
  if (entries.length === 0 && (end.exitCode !== 0 || end.stalled)) {
    const story = { ofVideos: false, ofItself: false, refused: false };
    throw startFailure(end, story) ?? asHarmoniError(end.stderr, end.stalled, service);
  }
  return entries;
}

function asHarmoniError(stderr: string, stalled: boolean, service: Service): HarmoniError {
  const lines = stderr.split('\n').flatMap((line) => parseErrorLine(line)?.text ?? []);
  const said = stalled ? 'timed out' : (lines[0] ?? 'it ended without an answer');
  const failure = classifyYtDlpError(said, service);
  return new HarmoniError(failure.code, failure.message);
}
