import type { FfmpegCommand } from 'fluent-ffmpeg';
import { HarmoniError } from '../errors.ts';
import { endGroup, keepTail, startChild, type ChildProcess } from '../system/process.ts';
import { splitLines } from '../system/split-lines.ts';

export interface FfmpegRun {
  readonly path: string;
  readonly signal: AbortSignal;
  /** ffmpeg is ended when it prints nothing for so long; it reports its progress twice a second. */
  readonly silenceMs: number;
  /** The lines of stderr. */
  readonly onErrorLine: (line: string) => void;
}

/** What fluent-ffmpeg reads of a child's output. */
interface Output {
  get(): string;
  callback(onLine: (line: string) => void): void;
}

type OnStart = (child: ChildProcess, stdout: Output, stderr: Output) => void;
type OnEnd = (error: Error | null, stdout: Output, stderr: Output) => void;

const keptOutputBytes = 2 ** 20;
const nothing: Output = { get: () => '', callback: () => undefined };

/**
 * Makes a command start ffmpeg as HARMONI starts its children. fluent-ffmpeg 2.1.3 has no option for the environment, the
 * process group or a silence, keeps a line without an end for ever, and throws where it cannot be caught when a program
 * is not there. Its one method that starts ffmpeg, for the conversion as for its questions (-formats, -encoders), is
 * therefore replaced on this command. Listening to its `progress` would start ffprobe past it.
 */
export function startOurWay(command: FfmpegCommand, run: FfmpegRun): void {
  Reflect.set(
    command,
    '_spawnFfmpeg',
    // (args, options, onEnd) for a question, (args, options, onStart, onEnd) for the conversion.
    (args: readonly string[], _options: unknown, ...callbacks: [OnEnd] | [OnStart, OnEnd]): void => {
      const [onStart, onEnd] = callbacks.length === 2 ? callbacks : [undefined, callbacks[0]];
      try {
        run.signal.throwIfAborted();
        follow(startChild(run.path, args), run, onStart, onEnd);
      } catch (error) {
        onEnd(error instanceof Error ? error : new Error(String(error)), nothing, nothing);
      }
    },
  );
}

function follow(
  child: ReturnType<typeof startChild>,
  run: FfmpegRun,
  onStart: OnStart | undefined,
  onEnd: OnEnd,
): void {
  const stdout = keepTail(keptOutputBytes);
  const stderr = keepTail(keptOutputBytes);
  const lines = splitLines(run.onErrorLine, { returns: true });
  let stalled = false;
  const stop = (): void => void endGroup(child);
  const timer = setTimeout(() => {
    stalled = true;
    stop();
  }, run.silenceMs);
  run.signal.addEventListener('abort', stop, { once: true });
  child.stdout.on('data', (chunk: Buffer) => {
    timer.refresh();
    stdout.add(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    timer.refresh();
    stderr.add(chunk);
    lines.add(chunk);
  });
  const settle = (error: Error | null): void => {
    clearTimeout(timer);
    run.signal.removeEventListener('abort', stop);
    onEnd(error, { ...nothing, get: stdout.text }, { ...nothing, get: stderr.text });
  };
  child.once('error', (error) => {
    if (child.pid === undefined) settle(error);
  });
  child.once('close', (code, signal) => {
    if (child.pid === undefined) return;
    lines.end();
    settle(stalled ? hung(run.silenceMs) : endedBadly(code, signal));
  });
  onStart?.(child, nothing, nothing);
}

function hung(silenceMs: number): HarmoniError {
  const seconds = Math.round(silenceMs / 1000);
  return new HarmoniError(
    'convert-stalled',
    `ffmpeg stopped responding for ${seconds} s, so HARMONI ended it.`,
  );
}

function endedBadly(code: number | null, signal: NodeJS.Signals | null): Error | null {
  if (signal !== null) {
    return new HarmoniError('convert-failed', `ffmpeg was killed (${signal}) before it finished.`, {
      // Nobody sends a SIGKILL but the user, or a system without memory.
      ...(signal === 'SIGKILL'
        ? { fix: 'Close other programs to free up memory, then run harmoni retry.' }
        : {}),
    });
  }
  return code === 0 ? null : new Error(`ffmpeg exited with code ${String(code)}`);
}
