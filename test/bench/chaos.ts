/** npm run chaos [KILLS] [SEED]: SIGKILL at random moments, 50 by default. Prints one line of JSON. */
import { runChaos } from '../helpers/chaos.ts';

const kills = Number(process.argv[2] ?? 50);
let seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const first = seed;

/** mulberry32: small, and the same on every machine, so that a seed repeats a run's moments. */
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const result = await runChaos({ kills, tracks: 30, random });
console.log(JSON.stringify({ seed: first, ...result }, null, 2));
process.exitCode = result.faults.length === 0 ? 0 : 1;
