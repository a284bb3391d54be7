/**
 * npm run bench:decoys [TRACKS] [SEED]: downloads songs from a YouTube on which every one stands among lookalikes, once
 * with and once without their ISRCs, and listens to every file. Prints JSON; ends with 1 when one is wrong.
 */
import { runDecoys } from '../helpers/decoys.ts';
import { realTools } from '../helpers/world.ts';

const count = Number(process.argv[2] ?? 200);
const seed = process.argv[3] ?? 'decoys';
const { ytDlpVersion } = await realTools();
const withIsrc = await runDecoys({ count, seed, isrc: true });
const withoutIsrc = await runDecoys({ count, seed, isrc: false });
console.log(JSON.stringify({ ytDlp: ytDlpVersion, seed, withIsrc, withoutIsrc }, null, 2));
process.exitCode = withIsrc.wrong.length + withoutIsrc.wrong.length === 0 ? 0 : 1;
