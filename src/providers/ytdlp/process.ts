import ytDlpWrap, { type YTDlpEventEmitter, type YTDlpOptions } from 'yt-dlp-wrap';
import { HarmoniError } from '../../errors.ts';
import { abortReason } from '../../system/abort.ts';
import { adopt, childSpawnOptions, endGroup, keepTail, type ChildProcess } from '../../system/process.ts';
import { splitLines } from '../../system/split-lines.ts';
import { openCookies } from './cookie-file.ts';
import { hideProxy } from './proxy-secret.ts';

export interface YtDlpRun {
  /** The lines of stdout, whole. */
  readonly onLine: (line: string) => void;
  /** The lines of stderr. */
  readonly onErrorLine: (line: string) => void;
  readonly signal: AbortSignal;
  /** The child is ended when it prints nothing for so long. */
  readonly silenceMs: number;
}

export interface YtDlpEnd {
  readonly exitCode: number | null;
  readonly stalled: boolean;
  /** The last 64 KiB of stderr. */
  readonly stderr: string;
}

const keptOutputBytes = 65_536;

/**
 * Starts yt-dlp through yt-dlp-wrap in a process group of its own and reads its output line by line. yt-dlp-wrap's own
 * progress parsing and error texts are not used: they miss the present format and repeat the command line.
 * @throws HarmoniError ytdlp-options without the cookie file that is named, ytdlp-missing or ytdlp-broken when it cannot be
 * started; the signal's reason when it is aborted
 */
export function runYtDlp(path: string, args: readonly string[], run: YtDlpRun): Promise<YtDlpEnd> {
  run.signal.throwIfAborted();
  const emitter = start(path, args);
  // It repeats what the child's own events say.
  emitter.on('error', () => undefined);
  const child = emitter.ytDlpProcess;
  if (child === undefined) throw new HarmoniError('ytdlp-missing', `yt-dlp can't be started (${path}).`);
  return follow(child, child.stdout, child.stderr, path, run);
}

function start(path: string, args: readonly string[]): YTDlpEventEmitter {
  const { args: plain, env } = hideProxy(args);
  const cookies = openCookies(plain);
  try {
    const options = {
      ...childSpawnOptions({ env }),
      stdio: ['pipe', 'pipe', 'pipe', ...(cookies?.stdio ?? [])],
    };
    // CommonJS compiled from TypeScript: the class is the `default` of Node's default import. It hands the options to
    // child_process.spawn as they are, so they may be more than its type knows.
    return new ytDlpWrap.default(path).exec([...(cookies?.args ?? plain)], options as YTDlpOptions);
  } catch (cause) {
    // What is not even an error event: a file that is no program for this machine.
    throw new HarmoniError('ytdlp-broken', `yt-dlp can't be started (${path}).`, { cause });
  } finally {
    cookies?.close();
  }
}

function follow(
  child: ChildProcess,
  stdout: NodeJS.ReadableStream,
  stderr: NodeJS.ReadableStream,
  path: string,
  run: YtDlpRun,
): Promise<YtDlpEnd> {
  adopt(child);
  child.stdin?.end();
  return new Promise((resolve, reject) => {
    let stalled = false;
    const timer = setTimeout(() => {
      stalled = true;
      void endGroup(child);
    }, run.silenceMs);
    const stop = (): void => void endGroup(child);
    run.signal.addEventListener('abort', stop, { once: true });
    const tail = keepTail(keptOutputBytes);
    const out = splitLines(run.onLine);
    const err = splitLines(run.onErrorLine);
    // yt-dlp-wrap's own listeners keep all of stderr for ever.
    stdout.removeAllListeners('data');
    stderr.removeAllListeners('data');
    stdout.on('data', (chunk: Buffer) => {
      timer.refresh();
      out.add(chunk);
    });
    stderr.on('data', (chunk: Buffer) => {
      timer.refresh();
      tail.add(chunk);
      err.add(chunk);
    });
    const settle = (): void => {
      clearTimeout(timer);
      run.signal.removeEventListener('abort', stop);
    };
    child.once('error', (cause) => {
      settle();
      reject(new HarmoniError('ytdlp-missing', `yt-dlp can't be started (${path}).`, { cause }));
    });
    child.once('close', (exitCode) => {
      settle();
      out.end();
      err.end();
      if (run.signal.aborted) {
        reject(abortReason(run.signal));
        return;
      }
      resolve({ exitCode, stalled, stderr: tail.text() });
    });
  });
}
