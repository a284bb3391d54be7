import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { finished, projectDir } from '../world.ts';
import { killTree } from '../process-tree.ts';
import { slowness } from '../patience.ts';
import { openFilesOf } from './processes.ts';

/** A HARMONI that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly end: Promise<End>;
  hasEnded(): boolean;
  /** Sent now; the end is looked at against the first one. */
  signal(name: NodeJS.Signals): void;
  /** Milliseconds from the first signal to now. */
  sinceSignalMs(): number | undefined;
}

export interface End {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** It had to be killed because it did not end. */
  readonly hung: boolean;
  /** From the first signal to the end. */
  readonly signalToEndMs: number | undefined;
  readonly firstSignal: NodeJS.Signals | undefined;
  readonly mostOpenFiles: number;
}

const index = join(projectDir, 'src', 'index.ts');
const impatient = join(import.meta.dirname, 'programs', 'impatient-harmoni.ts');

/** Starts HARMONI; one that does not end by itself within `patienceMs` hangs. */
export function startHarmoni(
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd: string; silenceMs?: number | undefined; patienceMs: number },
): Running {
  const { env, cwd, silenceMs } = options;
  const program = silenceMs === undefined ? [index] : [impatient, String(silenceMs)];
  const child = spawn(process.execPath, [...program, ...args], { cwd, env, stdio: 'pipe' });
  child.stdin.end();
  let ended = false;
  let hung = false;
  let first: { name: NodeJS.Signals; at: number } | undefined;
  let mostOpenFiles = 0;
  let endedBy: NodeJS.Signals | null = null;
  const count = setInterval(() => {
    mostOpenFiles = Math.max(mostOpenFiles, openFilesOf(child.pid ?? 0));
  }, 100);
  const timer = setTimeout(() => {
    hung = true;
    killTree(child.pid ?? 0);
  }, options.patienceMs * slowness());
  child.once('exit', (_code, signal) => (endedBy = signal));
  const sinceSignalMs = (): number | undefined =>
    first === undefined ? undefined : performance.now() - first.at;
  const end = finished(child).then(({ exitCode, stdout, stderr }) => {
    ended = true;
    clearTimeout(timer);
    clearInterval(count);
    const signalToEndMs = sinceSignalMs();
    const firstSignal = first?.name;
    return { exitCode, signal: endedBy, stdout, stderr, hung, signalToEndMs, firstSignal, mostOpenFiles };
  });
  return {
    child,
    end,
    hasEnded: () => ended,
    signal(name) {
      first ??= { name, at: performance.now() };
      child.kill(name);
    },
    sinceSignalMs,
  };
}
