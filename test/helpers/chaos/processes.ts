import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Living processes that have to do with a folder: by their working folder, their arguments or their open files. */
export function processesAbout(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
        if (state === 'Z' || state === 'X') return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const isAbout = command.includes(folder) || cwdOf(pid).startsWith(folder) || hasOpen(pid, folder);
        return isAbout ? [`${pid} ${state} ${command.slice(0, 160)}`] : [];
      } catch {
        return [];
      }
    });
}

function cwdOf(pid: string): string {
  return readlinkSync(`/proc/${pid}/cwd`);
}

function hasOpen(pid: string, folder: string): boolean {
  return readdirSync(`/proc/${pid}/fd`).some((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith(`${folder}/`);
    } catch {
      return false;
    }
  });
}

/** Those that are still there after a while: the end of a child may take longer than that of its parent. */
export async function orphansAbout(folder: string, graceMs: number): Promise<string[]> {
  const until = performance.now() + graceMs;
  let found = processesAbout(folder);
  while (found.length > 0 && performance.now() < until) {
    await sleep(50);
    found = processesAbout(folder);
  }
  return found;
}

/** Ends what is left, so that one run's orphan is not the next one's. */
export function endOrphans(orphans: readonly string[]): void {
  for (const orphan of orphans) {
    try {
      process.kill(Number(orphan.split(' ')[0]), 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}

/** How many files a process has open. */
export function openFilesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
