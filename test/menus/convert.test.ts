import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compressMusic } from '../../src/menus/convert.ts';
import { createHouse } from '../helpers/house.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test('compressing replaces only what is larger, but a copy has all songs', async () => {
  const folder = join(tempFolder(), 'phone');
  const house = createHouse({
    answers: [
      { select: '320 kbit/s' },
      { select: 'Replace the old ones' },
      { select: 'Songs that HARMONI downloaded' },
      { select: '320 kbit/s' },
      { select: 'Into another folder' },
      { input: folder },
      { confirm: false },
    ],
  });
  house.own({ artist: 'Air', track: 'Alpha' });
  await compressMusic(house);
  expect(house.printed).toEqual(['No songs to convert: all are about that small.']);
  await compressMusic(house);
  expect(house.printed).toContain(`1 song as mp3 to ${folder}`);
  house.prompter.finish();
});
