import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { csvFile } from '../../src/sources/csv-file.ts';
import { failureOf } from './failure-of.ts';

const mebibyte = 1024 * 1024;
const folder = await mkdtemp(join(tmpdir(), 'harmoni-large-'));
afterAll(() => rm(folder, { recursive: true }));

/** Reads a file in a process of its own, so that its memory is the reader's alone. */
async function measure(path: string): Promise<{ result: string; grownBytes: number }> {
  const program = new URL('read-and-measure.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [program, path]);
  return JSON.parse(stdout) as { result: string; grownBytes: number };
}

async function write(name: string, sizeBytes: number, row: (n: number) => string): Promise<string> {
  const path = join(folder, name);
  function* rows() {
    yield 'Track URI,Track Name,Album Name,Artist Name(s),Duration (ms),Genres,Tempo,Valence\n';
    let block = '';
    for (let n = 0, size = 0; size < sizeBytes; n += 1) {
      const line = row(n);
      size += line.length;
      block += line;
      if (block.length < mebibyte) continue;
      yield block;
      block = '';
    }
    yield block;
  }
  await pipeline(Readable.from(rows()), createWriteStream(path));
  return path;
}

const song = (n: number) =>
  `spotify:track:${String(n).padStart(22, '0')},"Song number ${n}","An album","Artist ${n % 997};Guest",200000,"rock,pop",120.${n % 1000},0.5\n`;

test('a file of 200 MB with millions of rows is refused in little memory', async () => {
  const { result, grownBytes } = await measure(await write('many-rows.csv', 200 * mebibyte, song));
  expect(result).toBe('source-too-large: many-rows.csv has more than 100,000 rows.');
  expect(grownBytes).toBeLessThan(150 * mebibyte);
});

test('a file of 200 MB with very long rows is refused in little memory', async () => {
  const padding = 'x'.repeat(900_000);
  const path = await write('long-rows.csv', 200 * mebibyte, (n) => `${n},Song,${padding},Artist,1,,,\n`);
  const { result, grownBytes } = await measure(path);
  expect(result).toBe('source-too-large: long-rows.csv has more than 64 MiB of text.');
  expect(grownBytes).toBeLessThan(250 * mebibyte);
});

test('99,000 songs are read in little memory', async () => {
  const { result, grownBytes } = await measure(await write('songs.csv', song(10_000).length * 99_000, song));
  expect(result).toMatch(/^99\d{3} tracks/);
  expect(grownBytes).toBeLessThan(150 * mebibyte);
});

test('a row of more than 1 MiB is refused', async () => {
  const path = join(folder, 'row.csv');
  await writeFile(path, `Track,Artist\n"${'x'.repeat(2 * mebibyte)}",Queen\n`);
  const failure = await failureOf(csvFile.read(path, { signal: new AbortController().signal }));
  expect(failure).toMatchObject({ code: 'source-too-large', message: 'row.csv has a row of more than 1 MiB, near line 2.' });
});

test('a file of more than 256 MiB is refused unread', async () => {
  const path = join(folder, 'huge.csv');
  await writeFile(path, '');
  await truncate(path, 257 * mebibyte);
  const failure = await failureOf(csvFile.read(path, { signal: new AbortController().signal }));
  expect(failure).toMatchObject({ code: 'source-too-large', message: 'huge.csv has more than 256 MiB.' });
});

test('reading ends when it is cancelled', async () => {
  const path = await write('cancelled.csv', 20 * mebibyte, song);
  const controller = new AbortController();
  const reading = csvFile.read(path, { signal: controller.signal });
  controller.abort();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});
