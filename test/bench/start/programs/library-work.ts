/**
 * One piece of work on a library in a process of its own: `library-work.ts walk|metadata|parse|scan ROOT DATA AT_ONCE`. Prints
 * its milliseconds, without the start of the process, and the most memory it had.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '../../../../src/history/store.ts';
import { scanLibrary } from '../../../../src/library/scan.ts';
import { systemClock } from '../../../../src/system/clock.ts';

const [kind = '', root = '', data = '', atOnce = '1'] = process.argv.slice(2);

/** Every file below a folder with its size: the least that a look at all of them costs. */
async function walk(): Promise<readonly string[]> {
  const folders = [root];
  const files: string[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }))
      (entry.isDirectory() ? folders : files).push(join(folder, entry.name));
  }
  let bytes = 0;
  await forEach(files, async (file) => {
    bytes += (await stat(file)).size;
  });
  if (bytes === 0) throw new Error('There is no library.');
  return files;
}

async function forEach(files: readonly string[], work: (file: string) => Promise<void>): Promise<void> {
  let next = 0;
  const loop = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) await work(file);
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, loop));
}

/** `parse` has music-metadata read the pictures too, as it does by default. */
async function metadata(): Promise<void> {
  const files = await walk();
  const { parseFile } = await import('music-metadata');
  await forEach(files, async (file) => {
    await parseFile(file, kind === 'parse' ? {} : { skipCovers: true });
  });
}

async function scan(): Promise<void> {
  const store = openStore(data, systemClock);
  await scanLibrary(root, store.files, { signal: new AbortController().signal });
  store.close();
}

const began = performance.now();
if (kind === 'walk') await walk();
else if (kind === 'metadata' || kind === 'parse') await metadata();
else await scan();
const ms = performance.now() - began;
console.log(JSON.stringify({ ms, megabytes: Math.round(process.resourceUsage().maxRSS / 1000) }));
