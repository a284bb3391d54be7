/**
 * npm run chaos:sync [CHANGES] [SEED]: followed lists that change at random, a user who moves, changes and deletes files,
 * and syncs that are killed. Prints what was not as it has to be, and JSON.
 */
import { liveAYear } from '../helpers/sync-year.ts';

const [changes = '200', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
console.error(`seed ${seed}`);
const year = await liveAYear({ changes: Number(changes), seed: Number(seed) });
for (const fault of year.faults) console.error(fault);
console.log(JSON.stringify({ seed: Number(seed), ...year, faults: year.faults.length }));
process.exitCode = year.faults.length === 0 ? 0 : 1;
