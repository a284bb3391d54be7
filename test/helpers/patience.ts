import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';

/** A start of Node on a machine that has nothing else to do. */
const usualStartMs = 60;
/** A measurement is good for so long. */
const freshMs = 5_000;
let measured = 1;
let measuredAt = Number.NEGATIVE_INFINITY;

/**
 * How much longer everything takes because this machine has other work: 1 when it has none. The load of the last minute
 * says too little when work has just begun, so a start of Node is measured, too.
 */
export function slowness(): number {
  if (performance.now() - measuredAt > freshMs) {
    const began = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    measuredAt = performance.now();
    measured = (measuredAt - began) / usualStartMs;
  }
  const load = (loadavg()[0] ?? 0) / availableParallelism();
  return Math.min(8, Math.max(1, load, measured));
}
