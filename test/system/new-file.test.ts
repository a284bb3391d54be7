import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeNewFile } from '../../src/system/new-file.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test('a file that the user asked for takes no other name, and one that has no place says what helps there', async () => {
  const folder = tempFolder();
  const path = join(folder, 'x.csv');
  writeFileSync(path, 'mine');
  expect(await writeNewFile(path, 'new')).toBe(join(folder, 'x (2).csv'));
  expect(readFileSync(path, 'utf8')).toBe('mine');
  await expect(writeNewFile(join(folder, `${'x'.repeat(300)}.csv`), '')).rejects.toMatchObject({
    code: 'output-not-writable',
    fix: 'Choose another place for it, where you can write.',
  });
  await expect(writeNewFile(join(path, 'y.csv'), '')).rejects.toMatchObject({
    fix: expect.stringContaining('another place') as string,
  });
  expect(readdirSync(folder).toSorted()).toEqual(['x (2).csv', 'x.csv']);
});
