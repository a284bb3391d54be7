import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFile } from '../../src/sources/list-file.ts';
import { folder } from '../../src/sources/folder.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const { signal } = new AbortController();
const csv = 'Track Name,Artist Name(s)\nOne,A\n';
const playlist = (name: string) => ({ name, items: [{ track: { trackName: 'One', artistName: 'A' } }] });

async function originsOf(source: typeof listFile, input: string): Promise<readonly (string | undefined)[]> {
  return (await source.read(input, { signal })).map((list) => list.origin);
}

describe('what list a file is', () => {
  test('its place says: two files of one name are two lists', async () => {
    const root = tempFolder();
    for (const name of ['a', 'b']) {
      mkdirSync(join(root, name));
      writeFileSync(join(root, name, 'Mix.csv'), csv);
    }
    const [a, again, b, inFolder] = await Promise.all([
      originsOf(listFile, join(root, 'a', 'Mix.csv')),
      originsOf(listFile, join(root, 'b', '..', 'a', 'Mix.csv')),
      originsOf(listFile, join(root, 'b', 'Mix.csv')),
      originsOf(folder, join(root, 'b')),
    ]);
    expect(a).toEqual(again);
    expect(b).not.toEqual(a);
    expect(inFolder).toEqual(b);
    expect(a[0]).not.toContain(root);
  });

  test('a file with several playlists is as many lists, also where two have one name', async () => {
    const file = join(tempFolder(), 'Playlist1.json');
    writeFileSync(file, JSON.stringify({ playlists: ['Mix', 'Chill', 'Mix'].map(playlist) }));
    const origins = await originsOf(listFile, file);
    expect(new Set(origins).size).toBe(3);
    // The same in another order: a list is not known by its number.
    writeFileSync(file, JSON.stringify({ playlists: ['Chill', 'Mix', 'Mix'].map(playlist) }));
    expect(await originsOf(listFile, file)).toEqual([origins[1], origins[0], origins[2]]);
  });

  test('the file it was read from is told, so that a move can be seen', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'Mix.csv'), csv);
    renameSync(join(root, 'Mix.csv'), join(root, 'Other.csv'));
    const [list] = await listFile.read(join(root, 'Other.csv'), { signal });
    expect(list?.sourceFile).toBe(join(root, 'Other.csv'));
  });
});
