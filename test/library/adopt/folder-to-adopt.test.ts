import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderToAdopt } from '../../../src/library/adopt/folder-to-adopt.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

function setUp() {
  const root = tempFolder();
  const library = join(root, 'library');
  for (const folder of ['library/Mine', 'library/.harmoni/trash/2026-11-22', 'own'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'file'), '');
  symlinkSync(join(root, 'library'), join(root, 'to library'));
  symlinkSync(join(root, 'own'), join(root, 'to own'));
  symlinkSync(join(root, 'library/.harmoni'), join(root, 'to trash'));
  symlinkSync(join(root, 'nothing'), join(root, 'to nothing'));
  return { at: (path: string) => join(root, path), library };
}

test.each([
  ['own', 'own'],
  ['to own', 'to own'],
  ['library', 'library'],
  ['to library', 'library'],
  ['library/Mine', 'library/Mine'],
  ['to library/Mine', 'library/Mine'],
  ['.', '.'],
])('%s is looked at as %s', async (given, expected) => {
  const { at, library } = setUp();
  expect(await folderToAdopt(at(given), library)).toBe(at(expected));
});

test.each([
  ['nothing', "isn't a folder"],
  ['to nothing', "isn't a folder"],
  ['file', "isn't a folder"],
  ['library/.harmoni', 'keeps its trash'],
  ['library/.harmoni/trash/2026-11-22', 'keeps its trash'],
  ['to trash', 'keeps its trash'],
])('%s is refused', async (given, message) => {
  const { at, library } = setUp();
  await expect(folderToAdopt(at(given), library)).rejects.toThrow(message);
});
