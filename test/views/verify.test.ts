import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyLibrary } from '../../src/views/verify.ts';
import { createHouse } from '../helpers/house.ts';

const look = { isDeep: false, isRepair: false, isYes: false, isAsked: false };

test('whoever looks for wrong recordings hears nothing of covers', async () => {
  const house = createHouse();
  house.own({ artist: 'Queen', track: 'Innuendo' });
  await verifyLibrary(house, [], look);
  expect(house.printed.join('\n')).toContain('without a cover');
  house.printed.length = 0;
  expect(await verifyLibrary(house, [], { ...look, isOfRecordings: true })).toBe(0);
  expect(house.printed).toEqual(['No songs have been compared.']);
});

test('verify --ear says how many songs have been compared, also where it compares none', async () => {
  const house = createHouse();
  house.own({ artist: 'Queen', track: 'Innuendo' });
  const ffmpeg = join(house.folder, 'ffmpeg');
  writeFileSync(ffmpeg, '#!/bin/sh\necho " E chromaprint Chromaprint"\n', { mode: 0o755 });
  const parts = { ...house, tools: { ...house.tools, ffmpegPath: () => Promise.resolve(ffmpeg) } };
  await verifyLibrary(parts, [], { ...look, ear: { includeOwn: false } });
  expect(house.printed).toContain('No songs have been compared.');
  expect(house.printed.at(-1)).toMatch(/^Checked 1 song/);
});
