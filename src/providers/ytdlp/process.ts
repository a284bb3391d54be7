import type { Writable } from 'node:stream';
import ytDlpWrap, { type YTDlpEventEmitter, type YTDlpOptions } from 'yt-dlp-wrap';
import { HarmoniError } from '../../errors.ts';
import { abortReason } from '../../system/abort.ts';
import { adopt, childSpawnOptions, endGroup, keepTail, type ChildProcess } from '../../system/process.ts';
import { splitLines } from '../../system/split-lines.ts';
import { openCookies } from './cookie-file.ts';
import { hideProxy } from './proxy-secret.ts';

export interface YtDlpRun {
  /** The lines of stdout, whole. */
  readonly onLine?: (line: string) => void;
  /** Takes stdout where it is sound and no lines. */
  readonly sink?: Writable;
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

/** A yt-dlp that runs. */
export interface StartedYtDlp {
  /** Resolves when it waits for addresses on its stdin, or has ended. */
  readonly isReady: Promise<unknown>;
  /**
   * Gives it its addresses and reads its output line by line. May be called once.
   * @param addresses for a yt-dlp that reads them from stdin
   * @throws HarmoniError ytdlp-missing when it could not be started; the signal's reason when it is aborted
   */
  follow(addresses: readonly string[], run: YtDlpRun): Promise<YtDlpEnd>;
  /** For one that nobody needs. */
  end(): Promise<void>;
}

/** Runs yt-dlp to its end. @throws HarmoniError as `startYtDlp` and `follow` do */
export async function runYtDlp(path: string, args: readonly string[], run: YtDlpRun): Promise<YtDlpEnd> {
  run.signal.throwIfAborted();
  return startYtDlp(path, args).follow([], run);
}

/**
 * Starts yt-dlp through yt-dlp-wrap in a process group of its own. yt-dlp-wrap's own progress parsing and error texts are
 * not used: they miss the present format and repeat the command line.
 * @throws HarmoniError ytdlp-options without the cookie file that is named, ytdlp-missing or ytdlp-broken when it cannot be
 * started
 */
export function startYtDlp(path: string, args: readonly string[]): StartedYtDlp {
  const emitter = start(path, args);
  // It repeats what the child's own events say.
  emitter.on('error', () => undefined);
  const child = emitter.ytDlpProcess;
  if (child === undefined) throw new HarmoniError('ytdlp-missing', `yt-dlp can't be started (${path}).`);
  return started(child, child.stdout, child.stderr, path);
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

/** What yt-dlp says when it has loaded its modules. Older versions write it in lower case. */
const asksForAddresses = /^Reading URLs from stdin.*\n?/im;
/** What is kept of stderr until somebody follows it: a traceback and its warnings. */
const mostEarlyLines = 200;

function started(
  child: ChildProcess,
  stdout: NodeJS.ReadableStream,
  stderr: NodeJS.ReadableStream,
  path: string,
): StartedYtDlp {
  adopt(child);
  const ready = Promise.withResolvers<unknown>();
  const output = readOutput(stdout, stderr, () => {
    ready.resolve(undefined);
  });
  // One that has ended already says why on stderr.
  child.stdin?.on('error', () => undefined);
  const over = new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => {
      reject(new HarmoniError('ytdlp-missing', `yt-dlp can't be started (${path}).`, { cause }));
    });
    child.once('close', (exitCode) => {
      output.end();
      resolve(exitCode);
    });
  });
  // Also when it ends before anybody follows it.
  over.then(ready.resolve, ready.resolve);
  return {
    isReady: ready.promise,
    async follow(addresses, run) {
      let stalled = false;
      const timer = setTimeout(() => {
        stalled = true;
        void endGroup(child);
      }, run.silenceMs);
      const stop = (): void => void endGroup(child);
      run.signal.addEventListener('abort', stop, { once: true });
      if (run.signal.aborted) stop();
      output.follow(run, () => timer.refresh());
      child.stdin?.end(addresses.map((address) => `${address}\n`).join(''));
      try {
        const exitCode = await over;
        if (run.signal.aborted) throw abortReason(run.signal);
        return { exitCode, stalled, stderr: output.stderr() };
      } finally {
        clearTimeout(timer);
        run.signal.removeEventListener('abort', stop);
      }
    },
    end: () => endGroup(child),
  };
}

/** Reads what it prints, and hands it on as soon as somebody follows. */
function readOutput(stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream, onReady: () => void) {
  const early: string[] = [];
  const tail = keepTail(keptOutputBytes);
  let run: YtDlpRun | undefined;
  let onOutput: () => void = () => undefined;
  const out = splitLines((line) => run?.onLine?.(line));
  const err = splitLines((line) => {
    if (asksForAddresses.test(line)) {
      onReady();
      return;
    }
    if (run !== undefined) run.onErrorLine(line);
    else if (early.length < mostEarlyLines) early.push(line);
  });
  // yt-dlp-wrap's own listeners keep all of stderr for ever.
  for (const [stream, lines] of [
    [stdout, out],
    [stderr, err],
  ] as const) {
    stream.removeAllListeners('data');
    stream.on('data', (chunk: Buffer) => {
      onOutput();
      if (stream === stderr) tail.add(chunk);
      // What goes elsewhere has no lines.
      if (stream === stderr || run?.sink === undefined) lines.add(chunk);
    });
  }
  return {
    follow(given: YtDlpRun, onSomething: () => void): void {
      run = given;
      onOutput = onSomething;
      if (given.sink !== undefined) stdout.pipe(given.sink);
      for (const line of early) given.onErrorLine(line);
    },
    end(): void {
      out.end();
      err.end();
    },
    stderr: () => tail.text().replace(asksForAddresses, ''),
  };
}
