import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface ChildProgram {
  readonly child: ChildProcess;
  /** The next line of its stdout; rejects when it ends first. */
  line(): Promise<string>;
  write(line: string): void;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Resolves with the exit code when it has ended by itself. */
  ended: Promise<number | null>;
}

/** A program of the tests in a process of its own; killed with the test. */
export function startProgram(
  url: URL,
  args: readonly string[],
  options: { uid?: number } = {},
): ChildProgram {
  const child = spawn(process.execPath, [url.pathname, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...options,
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    ended,
    async line() {
      const next = await lines.next();
      if (next.done === true) throw new Error('The program ended without another line.');
      return next.value;
    },
    write: (line) => void child.stdin.write(`${line}\n`),
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** Whether a process of that id runs (a dead one that nobody has waited for does not). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves when the process of that id has gone; an orphan's end is nobody's event. */
export async function untilGone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}
