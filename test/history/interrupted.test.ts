import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { peekInterrupted, storeFile } from '../../src/history/interrupted.ts';
import { openStore } from '../../src/history/store.ts';
import { systemClock } from '../../src/system/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const track = { artists: ['One'], artist: 'One', track: 'Song' };
const list = { name: 'Evening', tracks: [track], skipped: [], folder: 'own' } as const;

test('an interrupted job is seen by its lists, one that somebody works on or that has ended is not', () => {
  const data = tempFolder();
  expect(peekInterrupted(data)).toBeUndefined();
  const first = openStore(data, systemClock);
  const { id } = first.jobs.create([{ list, chosen: [true] }], {});
  expect(peekInterrupted(data)).toBeUndefined();
  first.close();
  expect(peekInterrupted(data)).toBe('Evening');
  const second = openStore(data, systemClock);
  second.jobs.end(id);
  expect(peekInterrupted(data)).toBeUndefined();
  second.close();
});

test('a file that is no store is no interrupted job', () => {
  const data = tempFolder();
  writeFileSync(join(data, storeFile), 'rubbish');
  expect(peekInterrupted(data)).toBeUndefined();
});
