/**
 * npm run chaos [RUNS] [SEED]: downloads that are disturbed in every way, 50 by default. Each run prints its seed;
 * npm run chaos -- --seed N [--kind KIND] repeats one. The last line is one of JSON.
 */
import { parseArgs } from 'node:util';
import { runChaos } from '../helpers/chaos/chaos.ts';
import { missingKinds } from '../helpers/chaos/kinds.ts';
import { seedFrom } from '../helpers/random.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, kind: { type: 'string' }, jobs: { type: 'string' } },
});
for (const [kind, reason] of missingKinds()) console.error(`WARNING: ${kind} is left out: ${reason}.`);
const seed = seedFrom(values.seed ?? positionals[1]);
console.error(`seed ${seed}`);
const began = performance.now();
const result = await runChaos({
  seed,
  runs: Number(positionals[0] ?? (values.seed === undefined ? 50 : 1)),
  kinds: values.kind?.split(','),
  atOnce: Number(values.jobs ?? 2),
  onRun({ seed: own, kind, about, seconds, faults }) {
    console.error(`${faults.length === 0 ? 'ok  ' : 'FELL'} seed ${own} ${kind} ${seconds} s: ${about}`);
    for (const fault of faults) console.error(`       ${fault}`);
  },
});
const { faults, ...rest } = result;
const fell: Record<string, number[]> = {};
for (const run of faults) (fell[run.kind] ??= []).push(run.seed);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(JSON.stringify({ ...rest, seconds, faults: faults.length, fell }));
process.exitCode = faults.length === 0 ? 0 : 1;
