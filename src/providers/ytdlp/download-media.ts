import {
  classifyYtDlpError,
  hasReasonInWarning,
  isFollowUp,
  lastWords,
  parseErrorLine,
  parseWarningLine,
  startFailure,
  type Service,
  type VideoFailure,
} from './failures.ts';
import { parseYtDlpLine, type YtDlpLine } from './output.ts';
import { runYtDlp } from './process.ts';
import { createWhose, type Request } from './whose.ts';

/** What a download tells while it runs, by the ids of the requests. Each ends in exactly one `done` or `failed`. */
export type DownloadEvent =
  | Exclude<YtDlpLine, { type: 'entry' }>
  | { readonly type: 'failed'; readonly id: string; readonly failure: VideoFailure };

/**
 * Downloads several videos or uploads of one service with one yt-dlp.
 * @param args as `downloadArgs` makes them, with the addresses of the requests in their order
 * @returns the ids that were never begun, because yt-dlp ended before it reached them
 * @throws HarmoniError ytdlp-missing, ytdlp-broken, ytdlp-options; the signal's reason
 */
export async function downloadMedia(
  path: string,
  requests: readonly Request[],
  args: readonly string[],
  options: {
    service: Service;
    signal: AbortSignal;
    silenceMs: number;
    onEvent: (event: DownloadEvent) => void;
  },
): Promise<readonly string[]> {
  const ids = requests.map(({ id }) => id);
  const open = new Set(ids);
  const begun = new Set<string>();
  const whose = createWhose(requests);
  const nameless: string[] = [];
  // Without a JavaScript runtime YouTube offers no formats: the warning before the error has the true cause.
  let runtimeMissing = false;
  const warnings = new Map<string, string>();
  const done = new Set<string>();
  /** Those that the service gives only to who is signed in. */
  const refused = new Set<string>();
  const fail = (id: string, text: string): void => {
    if (!open.delete(id)) return;
    const failure = classifyYtDlpError(text, options.service);
    if (failure.code === 'bot-check' || failure.code === 'age-restricted') refused.add(id);
    options.onEvent({ type: 'failed', id, failure });
  };
  const end = await runYtDlp(path, args, {
    signal: options.signal,
    silenceMs: options.silenceMs,
    onLine(text) {
      const line = parseYtDlpLine(text);
      if (line === undefined || line.type === 'entry') return;
      const id = whose.told(line.id, line.type === 'before' ? line.url : undefined);
      begun.add(id);
      if (line.type === 'done') {
        if (!open.delete(id)) return;
        done.add(id);
      }
      options.onEvent({ ...line, id });
    },
    onErrorLine(text) {
      const error = parseErrorLine(text);
      const failed =
        error === undefined ? undefined : whose.failed(error, (id) => open.has(id) && !begun.has(id));
      if (error === undefined) {
        runtimeMissing ||= text.includes('No supported JavaScript runtime');
        const warning = parseWarningLine(text);
        if (warning !== undefined) warnings.set(warning.id, warning.text);
      } else if (failed === undefined) {
        if (nameless.length === 0 || !isFollowUp(error.text)) nameless.push(error.text);
      } else if (hasReasonInWarning(error.text)) fail(failed, warnings.get(failed) ?? error.text);
      else if (runtimeMissing && /format/.test(error.text)) fail(failed, 'No supported JavaScript runtime');
      else fail(failed, error.text);
    },
  });
  const unusable = startFailure(end, {
    ofVideos: begun.size > 0 || open.size < ids.length,
    ofItself: nameless.length > 0,
    refused: refused.size > 0 && done.size === 0,
  });
  if (unusable !== undefined) throw unusable;
  // Download errors do not name their video: they belong to the ones that were begun and not finished, in order.
  const unfinished = ids.filter((id) => open.has(id) && begun.has(id));
  for (const [index, id] of unfinished.entries()) {
    const last = index === unfinished.length - 1;
    if (end.stalled && last) fail(id, 'timed out: nothing was received');
    else fail(id, nameless[index] ?? nameless.at(-1) ?? 'connection aborted: yt-dlp ended early');
  }
  const left = [...open];
  if (left.length === ids.length && end.stalled)
    for (const id of left) fail(id, 'timed out: nothing was received');
  else if (left.length === ids.length && left[0] !== undefined) {
    fail(
      left[0],
      nameless.at(-1) ?? lastWords(end.stderr) ?? `yt-dlp ended with code ${String(end.exitCode)}`,
    );
  }
  return [...open];
}
