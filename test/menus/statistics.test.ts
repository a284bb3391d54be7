import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStatistics } from '../../src/menus/statistics.ts';
import { back } from '../../src/ui/prompter.ts';
import { createHouse } from '../helpers/house.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test('statistics are shown, saved as a page over no other file, and the missing songs as CSV', async () => {
  const page = join(tempFolder(), 'mine.html');
  const save = [{ select: 'Save as a web page' }, { input: page }];
  const house = createHouse({
    answers: [
      { select: 'Show everything' },
      ...save,
      ...save,
      { select: 'Save the missing songs' },
      { select: back },
    ],
  });
  house.own({ artist: 'Air', track: 'Alpha' });
  await openStatistics(house);
  house.prompter.finish();
  expect(house.printed[0]).toMatch(/^1 song · \d+ s · .* · 1 artist · 0 albums$/);
  expect(house.printed.join('\n')).toMatch(/Artists\n {2}Air /);
  const second = page.replace('mine', 'mine (2)');
  expect(house.prompter.said).toEqual([`Wrote the page to ${page}`, `Wrote the page to ${second}`]);
  expect(house.printed.at(-1)).toMatch(/^No song is missing/);
  expect(readFileSync(second, 'utf8')).toContain('<bdi>Air</bdi>');
  expect(existsSync(join(house.paths.data, 'export'))).toBe(false);
});
