import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
] as const)('at %s with %i days kept, %j go', (now, keptDays, gone) => {
  expect(daysToEmpty(['2026-11-21', '2026-12-01'], keptDays, Date.parse(now))).toEqual(gone);
});

test('old days go, and what HARMONI did not make stays', async () => {
  const trash = trashOf(tempFolder());
  const others = tempFolder();
  writeFileSync(join(others, 'song'), 'not ours');
  for (const name of ['2026-01-01', '2026-11-21', 'my own things']) {
    mkdirSync(join(trash, name, 'Mix'), { recursive: true });
    writeFileSync(join(trash, name, 'Mix', 'song'), name);
  }
  symlinkSync(others, join(trash, '2026-01-02'));
  await emptyTrash(trash, 30, Date.UTC(2026, 10, 22));
  expect(readdirSync(trash).toSorted()).toEqual(['2026-01-02', '2026-11-21', 'my own things']);
  expect(existsSync(join(others, 'song'))).toBe(true);
  expect(await listTrash(trash)).toMatchObject([{ day: '2026-11-21', name: join('Mix', 'song') }]);
});

test('an emptied trash leaves nothing in the library', async () => {
  const library = tempFolder();
  mkdirSync(join(trashOf(library), '2026-01-01'), { recursive: true });
  await emptyTrash(trashOf(library), undefined, 0);
  expect(readdirSync(library)).toEqual([]);
});
