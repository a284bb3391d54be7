import { availableParallelism, loadavg } from 'node:os';

/** How much longer everything takes because this machine has other work: 1 when it has none. */
export function slowness(): number {
  return Math.min(4, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));
}
