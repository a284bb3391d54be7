import { cpus } from 'node:os';

/** What is looked at is at least so long, in ms: the system counts in hundredths of a second. */
const shortestMs = 300;

/**
 * Tells how many of the machine's cores had nothing to do lately: since the last time that somebody asked, or since the
 * time before it when that is less than 0.3 s ago. Of the whole machine, also in a container.
 */
export function createIdleCores(): () => number {
  let last = look();
  let idleCores = 0;
  return () => {
    if (performance.now() - last.atMs < shortestMs) return idleCores;
    const now = look();
    const total = now.total - last.total;
    idleCores = total > 0 ? ((now.idle - last.idle) / total) * now.cores : 0;
    last = now;
    return idleCores;
  };
}

function look() {
  const cores = cpus();
  let idle = 0;
  let total = 0;
  for (const { times } of cores) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { cores: cores.length, idle, total, atMs: performance.now() };
}
