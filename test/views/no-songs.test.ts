import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectDuplicates } from '../../src/views/duplicates.ts';
import { addMetadata } from '../../src/views/enrich-library.ts';
import { exportLibrary } from '../../src/views/export-library.ts';
import { verifyLibrary } from '../../src/views/verify.ts';
import { createHouse } from '../helpers/house.ts';
import { makeSong, videoIdOf } from '../library/convert/library.ts';

const ask = { yes: false, dryRun: false };
const repair = { isDeep: false, isRepair: true, isYes: true, isAsked: false };

test('a query without a song says so, and not that everything is fine', async () => {
  const house = createHouse();
  house.own({ artist: 'One', track: 'A' });
  for (const run of [
    () => detectDuplicates(house, ['nothing'], ask),
    () => addMetadata(house, ['nothing'], { ...ask, only: undefined, includeOwn: false }),
    () => exportLibrary(house, {}, ['nothing']),
    () => verifyLibrary(house, ['nothing'], repair),
  ]) {
    house.printed.length = 0;
    expect(await run()).toBe(0);
    expect(house.printed).toEqual(['No song in your library matches.']);
  }
  expect(house.documents).toHaveLength(4);
});

test('a library on a disk that is not mounted is not downloaded again, and not called fine', async () => {
  const house = createHouse();
  await expect(verifyLibrary(house, [], repair)).rejects.toMatchObject({ code: 'library-missing' });
  await detectDuplicates(house, [], ask);
  expect(house.printed).toEqual([
    `There are no songs in ${house.paths.output}. Download some, or connect the disk with your music.`,
  ]);
});

test('duplicates are not removed without a terminal or --yes, which is a failure with what to do', async () => {
  const house = { ...createHouse(), interactive: false };
  await makeSong(join(house.paths.output, 'a.mp3'), 1, videoIdOf(1));
  await makeSong(join(house.paths.output, 'b.mp3'), 1, videoIdOf(1));
  await expect(detectDuplicates(house, [], ask)).rejects.toMatchObject({
    code: 'usage',
    fix: 'Add --yes to move them to the trash, or --dry-run to only look.',
  });
  expect(await detectDuplicates(house, [], { ...ask, dryRun: true })).toBe(0);
  expect(house.documents).toHaveLength(1);
});
