// Reads the CSV of its first argument, and prints what came of it and by how much the process grew at most.
import { listFile } from '../../src/sources/list-file.ts';
import { HarmoniError } from '../../src/errors.ts';

// Loading the sources may have taken more than what is in use now.
const before = process.resourceUsage().maxRSS * 1024;
let result: string;
const started = performance.now();
try {
  const [list] = await listFile.read(process.argv[2] ?? '', { signal: new AbortController().signal });
  result = `${list?.tracks.length ?? 0} tracks`;
} catch (error) {
  if (!(error instanceof HarmoniError)) throw error;
  result = `${error.code}: ${error.message}`;
}
const seconds = (performance.now() - started) / 1000;
const grownBytes = process.resourceUsage().maxRSS * 1024 - before;
process.stdout.write(JSON.stringify({ result, grownBytes, seconds }));
