import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isOneEntry } from '../../src/system/file-facts.ts';
import { isSameContent, moveFile, wayPoint } from '../../src/system/move-file.ts';
import { settleMove } from '../../src/history/settle-move.ts';
import { sayLeftOut } from '../helpers/left-out.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

function folder() {
  const root = tempFolder();
  const at = (path: string): string => join(root, path);
  mkdirSync(at('one'));
  writeFileSync(at('one/song'), 'a song');
  return { root, at };
}

test('a file moves to a folder that is made for it, and keeps its inode', async () => {
  const { at } = folder();
  const { ino } = statSync(at('one/song'));
  expect(await moveFile(at('one/song'), at('two/three/song'))).toBe(true);
  expect(readdirSync(at('one'))).toEqual([]);
  expect(statSync(at('two/three/song')).ino).toBe(ino);
});

test('a name that is taken is left alone, also by another hard link of the file', async () => {
  const { at } = folder();
  writeFileSync(at('one/other'), 'another');
  linkSync(at('one/song'), at('one/Song'));
  expect(await moveFile(at('one/song'), at('one/other'))).toBe(false);
  expect(await moveFile(at('one/song'), at('one/Song'))).toBe(false);
  expect(readFileSync(at('one/other'), 'utf8')).toBe('another');
  expect(readdirSync(at('one')).toSorted()).toEqual(['Song', 'other', 'song']);
});

test('two hard links are two entries, and one file through a linked folder is one', async () => {
  const { at } = folder();
  linkSync(at('one/song'), at('one/Song'));
  symlinkSync(at('one'), at('linked'));
  expect(await isOneEntry(at('one/song'), at('one/Song'))).toBe(false);
  expect(await isOneEntry(at('one/song'), at('linked/song'))).toBe(true);
  expect(await isOneEntry(at('one/song'), at('nothing/song'))).toBe(false);
  // It isn't deleted as the old name of itself.
  expect(await moveFile(at('one/song'), at('linked/song'))).toBe(false);
  expect(readFileSync(at('one/song'), 'utf8')).toBe('a song');
});

test('upper and lower case change', async () => {
  const { at } = folder();
  expect(await moveFile(at('one/song'), at('one/Song'))).toBe(true);
  expect(readdirSync(at('one'))).toEqual(['Song']);
});

if (!existsSync(import.meta.filename.toUpperCase()))
  sayLeftOut('a change of case alone', 'the disk here tells upper and lower case apart');

test.skipIf(!mayMount)('a file goes to another disk as a copy with its time', async () => {
  const { at } = folder();
  using disk = mountDisk(at('disk'), 64);
  utimesSync(at('one/song'), 1_700_000_000.123, 1_700_000_000.123);
  expect(await moveFile(at('one/song'), join(disk.folder, 'in/song'))).toBe(true);
  expect(existsSync(at('one/song'))).toBe(false);
  expect(readdirSync(join(disk.folder, 'in'))).toEqual(['song']);
  expect(Math.round(statSync(join(disk.folder, 'in/song')).mtimeMs)).toBe(1_700_000_000_123);

  writeFileSync(at('one/big'), Buffer.alloc(200_000));
  await expect(moveFile(at('one/big'), join(disk.folder, 'in/big'))).rejects.toMatchObject({
    code: 'disk-full',
  });
  expect(existsSync(at('one/big'))).toBe(true);
  expect(readdirSync(join(disk.folder, 'in'))).toEqual(['song']);
  // Never over what is there.
  writeFileSync(at('one/song'), 'another');
  expect(await moveFile(at('one/song'), join(disk.folder, 'in/song'))).toBe(false);
  expect(readFileSync(join(disk.folder, 'in/song'), 'utf8')).toBe('a song');
});

const isSong = async (at: unknown): Promise<boolean> => typeof at !== 'string';

test.each<[string, (at: (path: string) => string) => void, boolean, string[]]>([
  ['nothing had happened', () => undefined, false, ['song']],
  ['it has both names', (at) => linkSync(at('one/song'), at('one/Song')), true, ['Song']],
  ['it has the new name', (at) => renameSync(at('one/song'), at('one/Song')), true, ['Song']],
  [
    'it has the name in between',
    (at) => renameSync(at('one/song'), wayPoint(at('one/song'), at('one/Song'))),
    true,
    ['Song'],
  ],
  [
    'it has the name in between, and another file the new one',
    (at) => {
      renameSync(at('one/song'), wayPoint(at('one/song'), at('one/Song')));
      writeFileSync(at('one/Song'), 'another');
    },
    false,
    ['Song', 'song'],
  ],
  ['a whole copy has the new name', (at) => writeFileSync(at('one/Song'), 'a song'), true, ['Song']],
  ['another file has the new name', (at) => writeFileSync(at('one/Song'), 'a SONG'), false, ['Song', 'song']],
])('a move that was killed is settled where %s', async (_what, kill, isMoved, names) => {
  const { at } = folder();
  kill(at);
  const [from, path] = [at('one/song'), at('one/Song')];
  const isThere = async (found: unknown): Promise<boolean> =>
    (await isSong(found)) && (!existsSync(from) || (await isSameContent(from, path)));
  expect(await settleMove({ from, path, isMoved: isThere })).toBe(isMoved);
  expect(readdirSync(at('one')).toSorted()).toEqual(names);
});
