import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeOverOldFiles } from '../../src/views/old-files.ts';
import { createHouse } from '../helpers/house.ts';

/** A data folder with files of HARMONI's first version, and what is said about them. */
async function takeOver(files: Readonly<Record<string, unknown>>) {
  const house = createHouse();
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(
      join(house.paths.data, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
  const said: string[] = [];
  const again = () => takeOverOldFiles(house, (text) => said.push(text));
  await again();
  return { house, said, again };
}

test('files that are torn, of another shape, huge or no files at all are told in a sentence, once, and nothing else', async () => {
  const { house, said, again } = await takeOver({
    'failed_downloads.json': '[{"artist": "A", "tra',
    'sync_state.json': [1, 2],
    'download_history.json': '',
  });
  truncateSync(join(house.paths.data, 'download_history.json'), 33 * 2 ** 20);
  mkdirSync(join(house.paths.data, 'download_progress.json'));
  expect(said).toEqual([
    "HARMONI can't read data/failed_downloads.json from its first version, so nothing was taken over from it.",
    "HARMONI can't read data/sync_state.json from its first version, so nothing was taken over from it.",
    "HARMONI can't read data/download_history.json from its first version, so nothing was taken over from it.",
  ]);
  await again();
  expect(said).toHaveLength(4);
  expect([house.store.failures.all(), house.store.jobs.interrupted()]).toEqual([[], []]);
  expect(statSync(join(house.paths.data, 'failed_downloads.json')).size).toBe(21);

  const huge = await takeOver({});
  const path = join(huge.house.paths.data, 'failed_downloads.json');
  writeFileSync(path, '[]');
  truncateSync(path, 33 * 2 ** 20);
  await huge.again();
  expect(huge.said).toEqual([expect.stringMatching(/too large/)]);
});

test('rows that are no songs are left out, and the others are songs', async () => {
  const { house, said } = await takeOver({
    'failed_downloads.json': [
      null,
      7,
      { artist: 'A' },
      { artist: 'A', track: 'x'.repeat(600) },
      { artist: 'A', track: '\u001b\n' },
      { artist: ['A'], track: 'One' },
      { artist: '\u001b[31mTyler, Dido', track: 'One\u0007', attempt_count: 'many', last_error: { a: 1 } },
      { artist: 'Unknown Artist', track: 'Two', attempt_count: 2, last_error: 'token=S3CRET refused' },
      { artist: 'Unknown Artist', track: 'Two' },
      { artist: '', track: 'Four', last_error: `${'x'.repeat(183)} http://me:S3CRET@proxy:8080 refused` },
      { __proto__: null, constructor: 1, track: 'Three' },
    ],
  });
  expect(house.store.failures.all().map(({ track }) => [track.artists, track.track])).toEqual([
    [['[31mTyler', 'Dido'], 'One'],
    [[], 'Two'],
    [[], 'Four'],
    [[], 'Three'],
  ]);
  expect(JSON.stringify(house.store.failures.all())).not.toContain('S3CRET');
  expect(said[0]).toMatch(/^Found 4 songs that failed in HARMONI's first version/);
});

test('what failed is to be retried, what was in progress to be resumed, once, and the files stay as they are', async () => {
  const failed = [{ artist: 'Queen', track: 'Liar', attempt_count: 2, last_error: 'HTTP Error 403' }];
  const progress = [
    { artist: 'Queen', track: 'Jealousy' },
    { artist: 'Dido', track: 'Thank You' },
  ];
  const { house, said, again } = await takeOver({
    'failed_downloads.json': failed,
    'download_progress.json': progress,
    'sync_state.json': { synced_files: { 'Mix.csv': { hash: 'x', synced_at: 'y' } }, last_sync: null },
    'download_history.json': { 'queen|liar': { file_path: 'x' } },
  });
  expect(said).toEqual([
    expect.stringMatching(/^Found 1 song that failed .*harmoni retry/),
    expect.stringMatching(/^Found a download of 2 songs .*harmoni resume/),
    expect.stringMatching(/synced 1 CSV file.*harmoni follow data\/exportify$/),
    expect.stringMatching(/^Nothing to take over from data\/download_history.json/),
  ]);
  expect(house.store.failures.all()).toMatchObject([
    {
      track: { artist: 'Queen', track: 'Liar' },
      failure: { message: 'HTTP Error 403' },
      listFolder: 'library',
    },
  ]);
  expect(house.store.jobs.interrupted()).toMatchObject([{ total: 2, finished: 0 }]);
  await again();
  expect(said).toHaveLength(4);
  expect(house.store.jobs.interrupted()).toHaveLength(1);
  expect(JSON.parse(readFileSync(join(house.paths.data, 'failed_downloads.json'), 'utf8'))).toEqual(failed);
});
