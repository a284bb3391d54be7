/**
 * npm run chaos:sync [CHANGES] [SEED]: followed lists that change at random, a user who moves, changes and deletes files,
 * and syncs that are killed. npm run chaos:sync -- --kills N [SEED]: N syncs with removals, each killed at a random moment
 * and followed by the next one. Prints what was not as it has to be, and JSON.
 */
import { parseArgs } from 'node:util';
import { killSyncs } from '../helpers/sync-kills.ts';
import { liveAYear } from '../helpers/sync-year.ts';

const { values, positionals } = parseArgs({
  options: { kills: { type: 'string' } },
  allowPositionals: true,
});
const [changes, given] = values.kills === undefined ? positionals : [undefined, ...positionals];
const seed = Number(given ?? Date.now() % 1_000_000);
console.error(`seed ${seed}`);
const began = performance.now();
const tell = (faults: readonly string[]): void => {
  for (const fault of faults) console.error(fault);
};
const found =
  values.kills === undefined
    ? await liveAYear({ changes: Number(changes ?? 200), seed }, tell)
    : await killSyncs({ kills: Number(values.kills), seed }, tell);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(JSON.stringify({ seed, ...found, faults: found.faults.length, seconds }));
process.exitCode = found.faults.length === 0 ? 0 : 1;
