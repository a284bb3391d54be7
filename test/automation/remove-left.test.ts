import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { removeLeft } from '../../src/automation/remove-left.ts';
import { createChanges } from '../../src/history/changes.ts';
import { mustLookAt } from '../../src/system/file-facts.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import { removalLines } from '../../src/views/sync-text.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { list, openTestStore, track } from '../history/set-up.ts';

test('only files in the place of the list go to the trash, and what stays elsewhere is told', async () => {
  const store = openTestStore();
  const library = tempFolder();
  const [inPlace, elsewhere, own, never] = ['One', 'Two', 'Three', 'Four'].map((title) => track('A', title));
  if (inPlace === undefined || elsewhere === undefined || own === undefined || never === undefined)
    throw new Error('There are four.');
  const put = async (path: string, of: typeof own, downloaded: boolean): Promise<string> => {
    const file = join(library, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path);
    const { sizeBytes, modifiedMs } = await mustLookAt(file);
    store.files.put({ path: file, sizeBytes, modifiedMs, downloaded }, trackKeys(of));
    return file;
  };
  const gone = await put('Mix/One.opus', inPlace, true);
  const stays = await put('A/Album/Two.opus', elsewhere, true);
  await put('Mine/Three.opus', own, false);
  const parts = {
    store,
    clock: createTestClock(),
    changes: createChanges(store, { kind: 'sync', title: 'Mix', library }),
    settings: { outputDir: library, fileNameTemplate: '{list}/{track}' },
  };
  const left = [inPlace, elsewhere, own, never];
  const removals = await removeLeft(parts, list('Mix', [], { origin: 'file:mix' }), left);
  expect(removals).toEqual(['trashed', 'elsewhere', 'yours', 'not there']);
  expect([gone, stays].map((path) => existsSync(path))).toEqual([false, true]);
  expect(removalLines([removals]).map(({ text }) => text)).toEqual([
    'Moved 1 file to the trash.',
    "Kept 1 file that HARMONI didn't create.",
    "Kept 1 file that isn't where the playlist's songs go.",
  ]);
});
