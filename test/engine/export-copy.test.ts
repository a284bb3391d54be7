import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkTarget, findCopyLists } from '../../src/engine/export-copy.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';

test('no copy goes into the library or around it, also by a link, and none is refused beside it', async () => {
  const folder = tempFolder();
  const library = join(folder, 'music');
  mkdirSync(join(library, 'A'), { recursive: true });
  symlinkSync(library, join(folder, 'link'));
  const refused = ['music', 'music/new', 'link', 'link/A', 'link/new/deep', '.'];
  for (const way of refused) {
    await expect(checkTarget(join(folder, way), library)).rejects.toMatchObject({ code: 'usage' });
  }
  await expect(checkTarget(join(folder, 'music'), join(folder, 'link'))).rejects.toMatchObject({
    code: 'usage',
  });
  for (const way of ['stick', 'music2/new', 'stick/link']) await checkTarget(join(folder, way), library);
});

test('playlists are copied by their names, whatever is in them, and a typo is told before anything is copied', async () => {
  const store = openTestStore();
  const library = tempFolder();
  for (const name of ['Rock | Pop', 'Pop', 'My "Best" Of']) {
    const song = join(library, `${name.length}.mp3`);
    const playlist = join(library, `${name.length}.m3u8`);
    writeFileSync(playlist, `#EXTM3U\n${name.length}.mp3\n`);
    store.files.put({ path: song, sizeBytes: 1, modifiedMs: 0, downloaded: true }, []);
    store.lists.add({ library, origin: name, name, label: name });
    store.lists.setPlaylist(library, name, playlist, 'sha');
  }
  const find = async (names: readonly string[]): Promise<readonly string[]> =>
    (await findCopyLists(store, library, [], names)).map(({ name }) => name);
  expect(await find(['rock | pop'])).toEqual(['Rock | Pop']);
  expect((await find(['My "Best" Of', 'Pop'])).toSorted()).toEqual(['My "Best" Of', 'Pop']);
  expect(await find([])).toEqual([]);
  await expect(find(['Pop', 'Popp'])).rejects.toMatchObject({
    code: 'usage',
    message: 'Your library has no playlist called "Popp".',
    fix: 'Did you mean "Pop"?',
  });
});
