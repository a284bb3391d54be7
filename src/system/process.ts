import { spawn, type ChildProcess, type ChildProcessByStdio, type SpawnOptions } from 'node:child_process';
import { Readable } from 'node:stream';
import { abortReason } from './abort.ts';
import { childEnvironment } from './child-environment.ts';
import { guardGroup, guardMark, readyWatchdog, releaseGroup } from './watchdog.ts';

export type { ChildProcess } from 'node:child_process';

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly signal?: AbortSignal;
  /** The whole run; then the group is ended. */
  readonly timeoutMs?: number;
  readonly cwd?: string;
  /** Variables beside those that every child gets. */
  readonly env?: Readonly<Record<string, string>>;
  /** The child is npm or pip: it also gets what they are told by variables. */
  readonly packageManager?: boolean;
  /** What it starts is to live on when HARMONI ends: a browser. */
  readonly mayLiveOn?: boolean;
  /** Written to stdin; without it stdin is empty. */
  readonly input?: string | Readable;
  /** Kept of each of stdout and stderr: the last part; default 1 MiB. */
  readonly maxOutputBytes?: number;
  /** How stdout is read; latin1 keeps bytes that aren't text, one in each character. Default utf8. */
  readonly encoding?: 'utf8' | 'latin1';
}

/**
 * The spawn options that every child gets: an environment without HARMONI's secrets, and a process group of its own, so
 * that its own children end with it and Ctrl+C in the terminal reaches HARMONI alone, which then ends them in order.
 */
export function childSpawnOptions(
  options: Pick<ProcessOptions, 'env' | 'packageManager' | 'mayLiveOn'> = {},
): Readonly<Required<Pick<SpawnOptions, 'detached' | 'windowsHide'>>> & { env: NodeJS.ProcessEnv } {
  const { env = {}, packageManager = false, mayLiveOn = false } = options;
  // Who asks for these is about to start a child.
  readyWatchdog();
  return {
    detached: inGroups,
    windowsHide: true,
    env: { ...childEnvironment(process.env, { packageManager }), ...(mayLiveOn ? {} : guardMark), ...env },
  };
}

/** Windows has no process groups. */
const inGroups = process.platform !== 'win32';
const defaultGraceMs = 5_000;
const living = new Set<ChildProcess>();

// The last line of defence when HARMONI itself ends in a hurry; exit handlers must be synchronous.
process.on('exit', () => {
  for (const child of living) signalGroup(child, 'SIGKILL');
});

/** Starts a program whose output is read; its stdin is empty. It does not outlive HARMONI. */
export function startChild(
  file: string,
  args: readonly string[],
): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(file, [...args], { ...childSpawnOptions(), stdio: ['ignore', 'pipe', 'pipe'] });
  adopt(child);
  return child;
}

/** Makes sure that the child, and what it started, does not outlive HARMONI, whatever HARMONI dies of. */
export function adopt(child: ChildProcess): void {
  living.add(child);
  if (child.pid !== undefined) guardGroup(child.pid);
  child.once('close', () => forget(child));
  child.once('error', () => {
    // A signal that could not be sent is an error event too, and no end.
    if (child.pid === undefined) forget(child);
  });
}

function forget(child: ChildProcess): void {
  if (!living.delete(child)) return;
  // What it started and did not take along.
  signalGroup(child, 'SIGKILL');
  if (child.pid !== undefined) releaseGroup(child.pid);
}

/** Ends a child and all that it started: SIGTERM, after the grace SIGKILL. Resolves when it is gone. */
export function endGroup(child: ChildProcess, graceMs = defaultGraceMs): Promise<void> {
  if (!living.has(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => {
      signalGroup(child, 'SIGKILL');
      // One that left the group may hold the pipes open for ever.
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, graceMs);
    child.once('close', () => {
      clearTimeout(hard);
      resolve();
    });
    signalGroup(child, 'SIGTERM');
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (inGroups) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It is gone already.
  }
}

/**
 * Runs a program to its end. Any exit code is an answer.
 * Throws Node's spawn error (ENOENT, EACCES) when it cannot be started, or the signal's reason.
 */
export function runProcess(
  file: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  const { signal, timeoutMs, input, maxOutputBytes = 2 ** 20, encoding = 'utf8' } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(file, [...args], {
      ...childSpawnOptions(options),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    adopt(child);
    const stdout = keepTail(maxOutputBytes);
    const stderr = keepTail(maxOutputBytes);
    child.stdout.on('data', stdout.add);
    child.stderr.on('data', stderr.add);
    // A child that closes its stdin early is no failure.
    child.stdin.on('error', () => undefined);
    if (input instanceof Readable) input.pipe(child.stdin);
    else child.stdin.end(input ?? '');
    const end = (): void => void endGroup(child);
    const timer = timeoutMs === undefined ? undefined : setTimeout(end, timeoutMs);
    signal?.addEventListener('abort', end, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (exitCode, endedBy) => {
      settle();
      if (signal?.aborted === true) {
        reject(abortReason(signal));
        return;
      }
      resolve({ exitCode, signal: endedBy, stdout: stdout.text(encoding), stderr: stderr.text() });
    });
  });
}

/** Keeps the last `most` bytes of a stream. */
export function keepTail(most: number): {
  add: (chunk: Buffer) => void;
  text: (encoding?: 'utf8' | 'latin1') => string;
} {
  let kept: Buffer[] = [];
  let size = 0;
  return {
    add(chunk) {
      kept.push(chunk);
      size += chunk.length;
      if (size > 2 * most) {
        const whole = Buffer.concat(kept).subarray(-most);
        kept = [whole];
        size = whole.length;
      }
    },
    text: (encoding = 'utf8') => Buffer.concat(kept).subarray(-most).toString(encoding),
  };
}
