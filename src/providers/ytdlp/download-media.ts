import {
  classifyYtDlpError,
  hasReasonInWarning,
  isFollowUp,
  lastWords,
  parseErrorLine,
  parseWarningLine,
  startFailure,
  type RunStory,
  type Service,
  type VideoFailure,
} from './failures.ts';
import { parseYtDlpLine, type YtDlpLine } from './output.ts';
import type { StartedYtDlp } from './process.ts';
import { createWhose, type Request } from './whose.ts';

/** What a download tells while it runs, by the ids of the requests. Each ends in exactly one `done` or `failed`. */
export type DownloadEvent =
  | Exclude<YtDlpLine, { type: 'entry' }>
  | { readonly type: 'failed'; readonly id: string; readonly failure: VideoFailure };

/**
 * Downloads several videos or uploads of one service with one yt-dlp, which gets their addresses in this order.
 * @param ytDlp started with `downloadArgs` and `addressesFromStdin`
 * @returns the ids that were never begun, because yt-dlp ended before it reached them
 * @throws HarmoniError ytdlp-missing, ytdlp-broken, ytdlp-options; the signal's reason
 */
export async function downloadMedia(
  ytDlp: StartedYtDlp,
  requests: readonly Request[],
  options: {
    service: Service;
    signal: AbortSignal;
    silenceMs: number;
    onEvent: (event: DownloadEvent) => void;
  },
): Promise<readonly string[]> {
  const { service, signal, silenceMs, onEvent } = options;
  const told = createTold(requests, service, onEvent);
  const addresses = requests.map(({ url }) => url);
  const end = await ytDlp.follow(addresses, {
    signal,
    silenceMs,
    onLine(text) {
      const line = parseYtDlpLine(text);
      if (line !== undefined && line.type !== 'entry') told.line(line);
    },
    onErrorLine: told.errorLine,
  });
  const unusable = startFailure(end, told.story());
  if (unusable !== undefined) throw unusable;
  told.end(end);
  return told.left();
}

/** What one yt-dlp has told of the requests. */
interface Told {
  line(line: Exclude<YtDlpLine, { type: 'entry' }>): void;
  readonly errorLine: (text: string) => void;
  story(): RunStory;
  /** yt-dlp has ended: what it left unfinished has failed. */
  end(end: { readonly exitCode: number | null; readonly stderr: string; readonly stalled: boolean }): void;
  /** Those that have not ended. */
  left(): readonly string[];
}

const nothingReceived = 'timed out: nothing was received';

function createTold(
  requests: readonly Request[],
  service: Service,
  onEvent: (event: DownloadEvent) => void,
): Told {
  const ids = requests.map(({ id }) => id);
  const open = new Set(ids);
  const begun = new Set<string>();
  const whose = createWhose(requests);
  const errors = createErrorLines();
  let isAnyDone = false;
  /** Whether the service gave something only to who is signed in. */
  let isAnyRefused = false;

  function fail(id: string, text: string): void {
    if (!open.delete(id)) return;
    const failure = classifyYtDlpError(text, service);
    isAnyRefused ||= failure.code === 'bot-check' || failure.code === 'age-restricted';
    onEvent({ type: 'failed', id, failure });
  }

  return {
    line(line) {
      const id = whose.told(line.id, line.type === 'before' ? line.url : undefined);
      begun.add(id);
      if (line.type === 'done' && !open.delete(id)) return;
      isAnyDone ||= line.type === 'done';
      onEvent({ ...line, id });
    },
    errorLine(text) {
      const error = errors.read(text);
      if (error === undefined) return;
      const id = whose.failed(error, (one) => open.has(one) && !begun.has(one));
      if (id === undefined) errors.keepNameless(error.text);
      else fail(id, errors.causeOf(id, error.text));
    },
    story: () => ({
      ofVideos: begun.size > 0 || open.size < ids.length,
      ofItself: errors.nameless.length > 0,
      refused: isAnyRefused && !isAnyDone,
    }),
    end({ exitCode, stderr, stalled }) {
      const { nameless } = errors;
      // Download errors do not name their video: they belong to the ones that were begun and not finished, in order.
      const unfinished = ids.filter((id) => open.has(id) && begun.has(id));
      for (const [index, id] of unfinished.entries()) {
        const isLast = index === unfinished.length - 1;
        const said = nameless[index] ?? nameless.at(-1) ?? 'connection aborted: yt-dlp ended early';
        fail(id, stalled && isLast ? nothingReceived : said);
      }
      if (open.size < ids.length) return;
      const said = nameless.at(-1) ?? lastWords(stderr) ?? `yt-dlp ended with code ${String(exitCode)}`;
      if (stalled) for (const id of ids) fail(id, nothingReceived);
      else for (const id of ids.slice(0, 1)) fail(id, said);
    },
    left: () => [...open],
  };
}

/** Reads stderr. Without a JavaScript runtime YouTube offers no formats: the warning before the error has the true cause. */
function createErrorLines() {
  const nameless: string[] = [];
  const warnings = new Map<string, string>();
  let isRuntimeMissing = false;
  return {
    /** Errors that name nothing. */
    nameless,
    read(text: string): ReturnType<typeof parseErrorLine> {
      const error = parseErrorLine(text);
      if (error !== undefined) return error;
      isRuntimeMissing ||= text.includes('No supported JavaScript runtime');
      const warning = parseWarningLine(text);
      if (warning !== undefined) warnings.set(warning.id, warning.text);
      return undefined;
    },
    keepNameless(text: string): void {
      if (nameless.length === 0 || !isFollowUp(text)) nameless.push(text);
    },
    causeOf(id: string, text: string): string {
      if (hasReasonInWarning(text)) return warnings.get(id) ?? text;
      return isRuntimeMissing && /format/.test(text) ? 'No supported JavaScript runtime' : text;
    },
  };
}
