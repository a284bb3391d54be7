import type { Writable } from 'node:stream';
import { HarmoniError } from '../../errors.ts';
import { streamArgs, type YtDlpSettings } from './arguments.ts';
import { classifyYtDlpError, parseErrorLine, startFailure, type Service } from './failures.ts';
import { parseYtDlpLine, type YtDlpLine } from './output.ts';
import { runYtDlp, type YtDlpEnd } from './process.ts';

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
  if (entries.length === 0 && (end.exitCode !== 0 || end.stalled)) throw failureOfRun(end, service);
  return entries;
}

/**
 * Writes the sound of one page into `sink`, which is ended in any case.
 * @throws HarmoniError with yt-dlp's failure in our words; the signal's reason
 */
export async function streamSound(
  deps: YtDlpDeps,
  service: Service,
  url: string,
  { sink, signal }: { readonly sink: Writable; readonly signal: AbortSignal },
): Promise<void> {
  try {
    const { path, settings } = await deps.ytDlp();
    const { silenceMs } = deps;
    const run = { signal, silenceMs, sink, onErrorLine: () => undefined };
    const end = await runYtDlp(path, streamArgs(url, settings), run);
    if (end.exitCode !== 0 || end.stalled) throw failureOfRun(end, service);
  } finally {
    sink.end();
  }
}

function failureOfRun(end: YtDlpEnd, service: Service): HarmoniError {
  const story = { ofVideos: false, ofItself: false, refused: false };
  return startFailure(end, story) ?? asHarmoniError(end.stderr, end.stalled, service);
}

function asHarmoniError(stderr: string, stalled: boolean, service: Service): HarmoniError {
  const lines = stderr.split('\n').flatMap((line) => parseErrorLine(line)?.text ?? []);
  const said = stalled ? 'timed out' : (lines[0] ?? 'it ended without an answer');
  const failure = classifyYtDlpError(said, service);
  return new HarmoniError(failure.code, failure.message);
}
