import {
  classifyYtDlpError,
  hasReasonInWarning,
  isFollowUp,
  lastWords,
  parseErrorLine,
  parseWarningLine,
  startFailure,
  type VideoFailure,
} from './failures.ts';
import { parseYtDlpLine, type YtDlpLine } from './output.ts';
import { runYtDlp } from './process.ts';

/** What a download of several videos tells while it runs. Every id ends in exactly one `done` or `failed`. */
export type DownloadEvent =
  | Exclude<YtDlpLine, { type: 'entry' }>
  | { readonly type: 'failed'; readonly id: string; readonly failure: VideoFailure };

/**
 * Downloads several videos with one yt-dlp.
 * @returns the ids that were never begun, because yt-dlp ended before it reached them
 * @throws HarmoniError ytdlp-missing, ytdlp-broken, ytdlp-options; the signal's reason
 */
export async function downloadVideos(
  path: string,
  videoIds: readonly string[],
  args: readonly string[],
  options: { signal: AbortSignal; silenceMs: number; onEvent: (event: DownloadEvent) => void },
): Promise<readonly string[]> {
  const open = new Set(videoIds);
  const begun = new Set<string>();
  const nameless: string[] = [];
  // Without a JavaScript runtime YouTube offers no formats: the warning before the error has the true cause.
  let runtimeMissing = false;
  const warnings = new Map<string, string>();
  const done = new Set<string>();
  /** Those that YouTube gives only to who is signed in. */
  const refused = new Set<string>();
  const fail = (id: string, text: string): void => {
    if (!open.delete(id)) return;
    const failure = classifyYtDlpError(text);
    if (failure.code === 'bot-check' || failure.code === 'age-restricted') refused.add(id);
    options.onEvent({ type: 'failed', id, failure });
  };
  const end = await runYtDlp(path, args, {
    signal: options.signal,
    silenceMs: options.silenceMs,
    onLine(text) {
      const line = parseYtDlpLine(text);
      if (line === undefined || line.type === 'entry') return;
      begun.add(line.id);
      if (line.type === 'done') {
        if (!open.delete(line.id)) return;
        done.add(line.id);
      }
      options.onEvent(line);
    },
    onErrorLine(text) {
      const error = parseErrorLine(text);
      if (error === undefined) {
        runtimeMissing ||= text.includes('No supported JavaScript runtime');
        const warning = parseWarningLine(text);
        if (warning !== undefined) warnings.set(warning.id, warning.text);
      } else if (error.id === undefined) {
        if (nameless.length === 0 || !isFollowUp(error.text)) nameless.push(error.text);
      } else if (hasReasonInWarning(error.text)) fail(error.id, warnings.get(error.id) ?? error.text);
      else if (runtimeMissing && /format/.test(error.text)) fail(error.id, 'No supported JavaScript runtime');
      else fail(error.id, error.text);
    },
  });
  const unusable = startFailure(end, {
    ofVideos: begun.size > 0 || open.size < videoIds.length,
    ofItself: nameless.length > 0,
    refused: refused.size > 0 && done.size === 0,
  });
  if (unusable !== undefined) throw unusable;
  // Download errors do not name their video: they belong to the ones that were begun and not finished, in order.
  const unfinished = videoIds.filter((id) => open.has(id) && begun.has(id));
  for (const [index, id] of unfinished.entries()) {
    const last = index === unfinished.length - 1;
    if (end.stalled && last) fail(id, 'timed out: nothing was received');
    else fail(id, nameless[index] ?? nameless.at(-1) ?? 'connection aborted: yt-dlp ended early');
  }
  const left = [...open];
  if (left.length === videoIds.length && end.stalled)
    for (const id of left) fail(id, 'timed out: nothing was received');
  else if (left.length === videoIds.length && left[0] !== undefined) {
    fail(
      left[0],
      nameless.at(-1) ?? lastWords(end.stderr) ?? `yt-dlp ended with code ${String(end.exitCode)}`,
    );
  }
  return [...open];
}
