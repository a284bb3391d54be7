import { readdirSync, readFileSync } from 'node:fs';

/** The watchdogs that this process has started. */
export function ownWatchdogs(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const isOurs = parent === String(process.pid);
        return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('harmoni-watchdog');
      } catch {
        return false;
      }
    })
    .map(Number);
}
