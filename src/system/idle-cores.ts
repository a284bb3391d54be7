import { cpus } from 'node:os';

/** What is looked at is at least so long, in ms: the system counts in hundredths of a second. */
const shortestMs = 300;

/** What the cores have done since the machine started, all together, in ms. */
export interface CoreTimes {
  readonly cores: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

/**
 * Tells how many of the machine's cores had nothing to do lately: since the last time that somebody asked, or since the
 * time before it when that is less than 0.3 s ago. Of the whole machine, also in a container; 0 before anything is known.
 */
export function createIdleCores(
  look: () => CoreTimes = coreTimes,
  monotonicMs: () => number = () => performance.now(),
): () => number {
  let last = look();
  let lastMs = monotonicMs();
  let idleCores = 0;
  return () => {
    const nowMs = monotonicMs();
    if (nowMs - lastMs < shortestMs) return idleCores;
    const now = look();
    const totalMs = now.totalMs - last.totalMs;
    idleCores = totalMs > 0 ? ((now.idleMs - last.idleMs) / totalMs) * now.cores : 0;
    last = now;
    lastMs = nowMs;
    return idleCores;
  };
}

export function coreTimes(): CoreTimes {
  const cores = cpus();
  let idleMs = 0;
  let totalMs = 0;
  for (const { times } of cores) {
    idleMs += times.idle;
    totalMs += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { cores: cores.length, idleMs, totalMs };
}
