import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lrcOf, sidecarAt, sidecarsOf } from '../../src/downloads/sidecars.ts';

test('a sidecar has the name of its song, dots and all', () => {
  expect(lrcOf('/m/P!nk - U + Ur Hand (feat. A.B.).opus')).toBe('/m/P!nk - U + Ur Hand (feat. A.B.).lrc');
  expect(lrcOf('/m/Vol. 2.mp3')).toBe('/m/Vol. 2.lrc');
  expect(sidecarAt('/new/1. Song.mp3', '/old/Song.elrc')).toBe('/new/1. Song.elrc');
  expect(sidecarAt('/new/1. Song.mp3', '/old/Song.LRC')).toBe('/new/1. Song.LRC');
});

test('the sidecars of a song are the files of its name, and those of two songs stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sidecars-'));
  const put = (name: string) => writeFile(join(folder, name), '');
  for (const name of ['A.mp3', 'A.lrc', 'A.TXT', 'A (2).lrc', 'B.mp3', 'B.opus', 'B.lrc', 'C.mp3'])
    await put(name);
  await symlink(join(folder, 'A.lrc'), join(folder, 'C.lrc'));
  const of = async (name: string) =>
    (await sidecarsOf(join(folder, name))).map((path) => path.slice(folder.length + 1));
  expect(await of('A.mp3')).toEqual(['A.lrc', 'A.TXT']);
  expect(await of('B.mp3')).toEqual([]);
  expect(await of('C.mp3')).toEqual([]);
});
