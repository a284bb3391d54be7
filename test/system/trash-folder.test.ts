import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { daysToEmpty, emptyTrash, listTrash } from '../../src/system/trash-folder.ts';
import { trashOf } from '../../src/system/trash.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test.each([
  ['2026-11-21T12:00Z', 30, []],
  ['2026-12-21T23:59Z', 30, []],
  ['2026-12-22T00:00Z', 30, ['2026-11-21']],
  ['2027-01-21T00:00Z', 30, ['2026-11-21', '2026-12-01']],
  ['2020-01-01T00:00Z', 0, []],
  // A Raspberry Pi without a network starts in 1970.
  ['2026-11-22T00:00Z', 30, []],
] as const)('at %s with %i days kept, %j go', (now, keptDays, gone) => {
  expect(daysToEmpty(['1970-01-01', '2026-11-21', '2026-12-01'], keptDays, Date.parse(now))).toEqual(gone);
});

test('the files that are meant go with their folders, and whatever else is there stays', async () => {
  const library = tempFolder();
  const trash = trashOf(library);
  const others = tempFolder();
  writeFileSync(join(others, 'song'), 'not ours');
  for (const name of [
    '2026-01-01/Mix/song',
    '2026-01-01/Mix/B/song',
    '2026-01-03/song',
    'my own things/song',
  ]) {
    mkdirSync(dirname(join(trash, name)), { recursive: true });
    writeFileSync(join(trash, name), name);
  }
  symlinkSync(others, join(trash, '2026-01-02'));
  symlinkSync(others, join(trash, '2026-01-03', 'link'));
  const files = await listTrash(trash);
  expect(files.map(({ name }) => name)).toEqual(['song', join('Mix', 'B', 'song'), join('Mix', 'song')]);
  // Another file under the name of one of them.
  rmSync(join(trash, '2026-01-03', 'song'));
  writeFileSync(join(trash, '2026-01-03', 'later'), '');
  writeFileSync(join(trash, '2026-01-03', 'song'), 'mine');
  await emptyTrash(trash, files);
  expect(readdirSync(trash).toSorted()).toEqual(['2026-01-02', '2026-01-03', 'my own things']);
  expect(readdirSync(join(trash, '2026-01-03')).toSorted()).toEqual(['later', 'link', 'song']);
  expect(existsSync(join(others, 'song'))).toBe(true);
});

test('an emptied trash leaves nothing in the library', async () => {
  const library = tempFolder();
  mkdirSync(join(trashOf(library), '2026-01-01'), { recursive: true });
  writeFileSync(join(trashOf(library), '2026-01-01', 'song'), '');
  await emptyTrash(trashOf(library), await listTrash(trashOf(library)));
  expect(readdirSync(library)).toEqual([]);
});
