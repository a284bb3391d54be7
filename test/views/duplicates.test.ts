import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { soundStart } from '../../src/formats/mp3-frames.ts';
import { detectDuplicates } from '../../src/views/duplicates.ts';
import { createHouse } from '../helpers/house.ts';
import { makeSong, videoIdOf } from '../library/convert/library.ts';

test('copies of which the better one has no tags are named by the other', async () => {
  const house = createHouse();
  const tagged = await makeSong(join(house.paths.output, 'a.mp3'), 1, videoIdOf(1));
  const file = readFileSync(tagged);
  writeFileSync(join(house.paths.output, 'untitled.mp3'), file.subarray(soundStart(file)));
  expect(await detectDuplicates(house, [], { yes: false, dryRun: true })).toBe(0);
  expect(house.printed).toContain('Amber "A" Ensemble - Song 1');
  expect(house.printed.join('\n')).toMatch(/keep {4}untitled\.mp3/);
});
