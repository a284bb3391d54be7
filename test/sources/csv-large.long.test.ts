import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { listFile } from '../../src/sources/list-file.ts';
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
  `spotify:track:${String(n).padStart(22, '0')},"Song number ${n}","An album","Artist ${100 + (n % 900)};Guest",200000,"rock,pop",${100 + (n % 100)},0.5\n`;

test('a file of 200 MB is refused at once', async () => {
  const { result, grownBytes } = await measure(await write('large.csv', 200 * mebibyte, song));
  expect(result).toBe(
    'source-too-large: large.csv is 200 MiB. HARMONI reads playlist files of up to 64 MiB.',
  );
  expect(grownBytes).toBeLessThan(50 * mebibyte);
});

test('a file with hundreds of thousands of rows is refused where they get too many', async () => {
  const { result, grownBytes } = await measure(await write('rows.csv', 60 * mebibyte, song));
  expect(result).toBe('source-too-large: rows.csv has more than 100,000 rows.');
  expect(grownBytes).toBeLessThan(350 * mebibyte);
});

test('a file of 60 MB with very long rows is read', async () => {
  const padding = 'x'.repeat(900_000);
  const path = await write('long.csv', 60 * mebibyte, (n) => `,Song ${n},${padding},Artist,1,,,\n`);
  const { result, grownBytes } = await measure(path);
  expect(result).toBe('70 tracks');
  expect(grownBytes).toBeLessThan(350 * mebibyte);
});

test('fifty thousand songs are read', async () => {
  const path = await write('songs.csv', 50_000 * song(10_000).length, (n) => song(n + 10_000));
  const { result, grownBytes } = await measure(path);
  expect(result).toBe('50000 tracks');
  expect(grownBytes).toBeLessThan(350 * mebibyte);
});

test('a row of more than 1 MiB is refused', async () => {
  const path = join(folder, 'row.csv');
  await writeFile(path, `Track,Artist\n"${'x'.repeat(2 * mebibyte)}",Queen\n`);
  const failure = await failureOf(listFile.read(path, { signal: new AbortController().signal }));
  expect(failure).toMatchObject({
    code: 'source-too-large',
    message: 'row.csv has a row of more than 1 MiB, near line 2.',
  });
});

test('a file of gigabytes is refused unread', async () => {
  const path = join(folder, 'huge.csv');
  await writeFile(path, '');
  await truncate(path, 5000 * mebibyte);
  const failure = await failureOf(listFile.read(path, { signal: new AbortController().signal }));
  expect(failure.code).toBe('source-too-large');
  expect(failure.message).toContain('huge.csv is 5000 MiB');
});

test('reading ends when it is cancelled', async () => {
  const path = await write('cancelled.csv', 20 * mebibyte, song);
  const controller = new AbortController();
  const reading = listFile.read(path, { signal: controller.signal });
  controller.abort();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});
