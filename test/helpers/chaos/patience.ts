import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';

/** A start of Node on a machine that has nothing else to do. */
const usualStartMs = 60;
let measured = 1;

/** Measures how slow the machine is now: the load of the last minute says too little when work has just begun. */
export function measureSlowness(): void {
  const began = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  measured = (performance.now() - began) / usualStartMs;
}

/** How much longer everything takes because this machine has other work: 1 when it has none. */
export function slowness(): number {
  const load = (loadavg()[0] ?? 0) / availableParallelism();
  return Math.min(8, Math.max(1, load, measured));
}
