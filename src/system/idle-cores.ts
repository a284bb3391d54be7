import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

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

/** How much of the machine's cores is in use, from 0 to 1, as of a moment that is just long enough to measure. */
export async function measureBusyShare(signal?: AbortSignal): Promise<{ share: number; cores: number }> {
  const idleCores = createIdleCores();
  await pause(shortestMs + 1, undefined, signal === undefined ? {} : { signal });
  const { cores } = coreTimes();
  const share = cores === 0 ? 0 : 1 - idleCores() / cores;
  return { share: Math.min(1, Math.max(0, share)), cores };
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
