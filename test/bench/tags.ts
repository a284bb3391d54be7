/**
 * npm run bench:tags [SONGS] [SEED]: songs with covers and texts of random size in all six formats, and tags that grow
 * byte by byte over two pages; read back by HARMONI, mutagen and ffprobe. Prints one JSON document.
 */
import { join } from 'node:path';
import { seedFrom } from '../helpers/random.ts';
import { projectDir, realTools } from '../helpers/world.ts';
import { findFfprobe, findMutagen } from './tags/readers.ts';
import { runTagBench } from './tags/run.ts';

const songs = Number(process.argv[2] ?? 1_000);
const seed = seedFrom(process.argv[3]);
const { ffmpeg } = await realTools();
const toolsDir = join(process.env['HARMONI_DATA_DIR'] ?? join(projectDir, 'data'), 'tools');
const found = { mutagen: await findMutagen(toolsDir), ffprobe: await findFfprobe() };
for (const [name, reader] of Object.entries(found))
  if (reader === undefined) console.error(`WARNING: ${name} is not on this machine; its part is left out.`);

console.error(`seed ${seed}`);
const began = performance.now();
const result = await runTagBench({
  ffmpegPath: ffmpeg,
  readers: Object.values(found).filter((reader) => reader !== undefined),
  seed,
  songs,
  sizes: 8_192,
  mostCoverBytes: 10 * 2 ** 20,
  lengthsMs: [700, 1_000, 1_300],
  say: (line) => console.error(line),
});
const seconds = Math.round((performance.now() - began) / 1000);
console.log(JSON.stringify({ seed, seconds, ...result, faults: result.faults.slice(0, 50) }, null, 2));
console.error(`${result.faults.length} faults`);
process.exitCode = result.faults.length === 0 ? 0 : 1;
