import { spawn } from 'node:child_process';
import { watchTree, type Watched } from './tree-watch.ts';

export interface Measured extends Watched {
  /** Wall clock in ms since 1970, for the times of files. */
  readonly beganMs: number;
  readonly wallSeconds: number;
  /** User and system time of the process and of all children that it waited for. */
  readonly cpuSeconds: number;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command to its end and measures it, by bash's own `time`, which knows a whole tree.
 * @param options.standIn the process whose CPU is counted beside the tree's
 */
export function measure(
  command: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd?: string; standIn?: number },
): Promise<Measured> {
  const { standIn, ...spawned } = options;
  const beganMs = Date.now();
  // What the command says on stderr goes through fd 3, so that the times stand alone.
  const child = spawn('bash', ['-c', `TIMEFORMAT='%3R %3U %3S'; time "$@" 2>&3 3>&-`, 'bash', ...command], {
    ...spawned,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const said = { stdout: '', times: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.times += chunk.toString()));
  child.stdio[3]?.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const watch = watchTree(child.pid ?? 0, standIn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      const [wallSeconds = 0, user = 0, system = 0] = said.times.trim().split(/\s+/).map(Number);
      const { stdout, stderr } = said;
      resolve({
        ...watch.stop(),
        beganMs,
        wallSeconds,
        cpuSeconds: user + system,
        exitCode,
        stdout,
        stderr,
      });
    });
  });
}

/** Several commands that run at the same time, as one that `measure` can run. */
export function atOnce(commands: readonly (readonly string[])[]): string[] {
  const lines = commands.map((command) => `${command.map(quote).join(' ')} & `);
  return ['bash', '-c', `${lines.join('')}wait`];
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
