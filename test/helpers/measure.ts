import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { processTree } from './process-tree.ts';

export interface Measured {
  readonly wallSeconds: number;
  /** User and system time of the process and of all children that it waited for. */
  readonly cpuSeconds: number;
  /** The most memory that the whole tree had resident at one time, looked at 20 times a second. */
  readonly peakMegabytes: number;
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** Runs a command to its end and measures it, by bash's own `time`, which knows a whole tree. */
export function measure(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const child = spawn('bash', ['-c', `TIMEFORMAT='%R %U %S'; time "$@" 2>/dev/null`, 'bash', ...command], {
    env,
  });
  let stdout = '';
  let stderr = '';
  let peakPages = 0;
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const watch = setInterval(() => (peakPages = Math.max(peakPages, residentPages(child.pid ?? 0))), 50);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearInterval(watch);
      const [wall = 0, user = 0, system = 0] = stderr.trim().split(/\s+/).slice(-3).map(Number);
      const peakMegabytes = Math.round((peakPages * 4096) / 1e6);
      resolve({ wallSeconds: wall, cpuSeconds: user + system, peakMegabytes, exitCode, stdout });
    });
  });
}

function residentPages(root: number): number {
  return processTree(root).reduce((sum, pid) => {
    try {
      return sum + Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    } catch {
      return sum;
    }
  }, 0);
}
