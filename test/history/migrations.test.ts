import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storeFile } from '../../src/history/interrupted.ts';
import { migrations } from '../../src/history/schema.ts';
import { openDatabase } from '../../src/system/database.ts';
import { createTestClock } from '../helpers/clock.ts';
import { ofVideo, video } from '../helpers/media.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore, track } from './set-up.ts';

const song = { ...track('A', 'One'), isrc: 'AA1' };

/** A store as HARMONI 2.0 left it: one interrupted job, one song of two in the library, one that failed. */
function makeOldStore(folder: string): void {
  const database = openDatabase(join(folder, storeFile), migrations.slice(0, 2));
  const json = (value: unknown): string => JSON.stringify(value);
  database.exec(`INSERT INTO jobs VALUES (1, 1000, 'open', 'gone', '{"format":"best"}')`);
  database.exec(`INSERT INTO job_lists VALUES (1, 0, 'Mix', 'own', '[]')`);
  const addTrack = database.prepare('INSERT INTO job_tracks VALUES (1, ?, 0, 1, ?, ?)');
  addTrack.run(
    0,
    json(song),
    json({ artist: 'A', track: 'One', status: 'done', path: '/music/Mix/A - One.opus' }),
  );
  addTrack.run(1, json(track('B', 'Two')), null);
  database.exec(
    `INSERT INTO files VALUES (1, '/music/Mix/A - One.opus', 9, 9, 'opus', 130, 200000, 'aaaaaaaaaaa', 1)`,
  );
  database.exec(`INSERT INTO file_keys VALUES ('isrc:AA1', 1), ('name:a|one|', 1)`);
  const failure = json({ stage: 'download', code: 'download-failed', message: 'm', fix: 'f' });
  database
    .prepare(`INSERT INTO failures VALUES ('name:b|two|', ?, 'Mix', 'own', 'failed', ?, 2, 2000)`)
    .run(json(track('B', 'Two')), failure);
  database.prepare(`INSERT INTO overrides VALUES ('name:a|one|', ?, 'bbbbbbbbbbb', 1)`).run(json(song));
  database.exec(`INSERT INTO visits VALUES (3600000)`);
  database.close();
}

test('failures of a store with lists keep them, and the order in which they came', () => {
  const folder = tempFolder();
  const database = openDatabase(join(folder, storeFile), migrations.slice(0, 3));
  const failure = JSON.stringify({ stage: 'download', code: 'download-failed', message: 'm', fix: 'f' });
  const add = database.prepare(
    `INSERT INTO failures VALUES (?, ?, 'Mix', 'own', 'failed', ?, 1, 2000, 'spotify:playlist:a')`,
  );
  for (const one of [track('B', 'Two'), track('A', 'One')]) {
    add.run(`name:${one.artist}|${one.track}|`.toLowerCase(), JSON.stringify(one), failure);
  }
  database.close();
  const { failures } = openTestStore(folder);
  expect(failures.all()).toMatchObject(
    ['Two', 'One'].map((title) => ({ listOrigin: 'spotify:playlist:a', track: { track: title } })),
  );
  failures.remove(track('A', 'One'), { name: 'Mix', origin: 'spotify:playlist:b' });
  expect(failures.all()).toHaveLength(2);
  failures.remove(track('A', 'One'), { name: 'Mix', origin: 'spotify:playlist:a' });
  expect(failures.all()).toHaveLength(1);
});

test('a store of HARMONI 2.0 opens, and all that it knew is still known', () => {
  const folder = tempFolder();
  makeOldStore(folder);
  const store = openTestStore(folder, createTestClock({ startMs: 3_700_000 }));
  expect(store.jobs.interrupted()).toMatchObject([{ id: 1, names: ['Mix'], total: 2, finished: 1 }]);
  const job = store.jobs.adopt(1);
  expect(job?.lists).toEqual([{ name: 'Mix', folder: 'own', skipped: [] }]);
  expect(job?.tracks.map(({ outcome }) => outcome?.status)).toEqual(['done', undefined]);
  expect(store.jobs.latestTracks({ name: 'Mix' })).toHaveLength(2);
  expect(store.files.find(song)).toMatchObject([
    { path: '/music/Mix/A - One.opus', media: video('aaaaaaaaaaa') },
  ]);
  // It is looked at once more, with more care.
  expect([...store.files.stampsBelow('/music').values()]).toMatchObject([{ examined: false }]);
  expect(store.failures.all()).toMatchObject([{ listName: 'Mix', listOrigin: undefined, attempts: 2 }]);
  expect(store.overrides.find(song)?.media).toEqual(video('bbbbbbbbbbb'));
  expect(store.visits.lastHour()).toEqual([3_600_000]);
});

/** A store as the version before SoundCloud left it, with everything that named a video. */
function makeStoreOfVideos(folder: string): void {
  const database = openDatabase(join(folder, storeFile), migrations.slice(0, 3));
  const json = (value: unknown): string => JSON.stringify(value);
  const named = { ...track('B', 'Two'), youtubeId: 'ccccccccccc' };
  const outcome = {
    artist: 'A',
    track: 'One',
    status: 'done',
    path: '/music/One.opus',
    videoId: 'aaaaaaaaaaa',
  };
  const fetched = {
    candidate: 0,
    candidates: [
      { candidate: { videoId: 'ccccccccccc', title: 'Two', kind: 'song', artists: ['B'] }, confidence: 0.9 },
      { candidate: { videoId: 'ddddddddddd', title: 'Too', kind: 'video', artists: [] }, confidence: 0.8 },
    ],
    downloaded: { path: '/work/1.source' },
  };
  database.exec(`INSERT INTO jobs VALUES (1, 1000, 'open', 'gone', '{"format":"best"}')`);
  database.exec(`INSERT INTO job_lists VALUES (1, 0, 'Mix', 'own', '[]', 'youtube:playlist:PL1', NULL)`);
  const addTrack = database.prepare('INSERT INTO job_tracks VALUES (1, ?, 0, 1, ?, ?)');
  addTrack.run(0, json(song), json(outcome));
  addTrack.run(1, json(named), null);
  const failed = { stage: 'download', code: 'video-private', message: 'm', fix: 'f' };
  database
    .prepare(`INSERT INTO failures VALUES ('name:b|two|', ?, 'Mix', 'own', 'failed', ?, 2, 2000, NULL)`)
    .run(json(named), json(failed));
  const decide = database.prepare('INSERT INTO overrides VALUES (?, ?, ?, 1)');
  decide.run('name:a|one|', json(song), 'bbbbbbbbbbb');
  decide.run('youtube:ccccccccccc', json(named), null);
  database
    .prepare('INSERT INTO kept_downloads VALUES (1, 1, ?)')
    .run(json({ name: '1.source', sizeBytes: 9, fetched }));
  database.exec(`INSERT INTO searches VALUES ('songs', 'A One', '[{"videoId":"aaaaaaaaaaa"}]', 1000)`);
  database.exec(
    `INSERT INTO files VALUES (1, '/music/One.opus', 9, 9, 'opus', 130, 200000, 'aaaaaaaaaaa', 1, NULL, NULL, 1),
      (2, '/music/Own.mp3', 9, 9, 'mp3', 130, 200000, NULL, 0, NULL, NULL, 1)`,
  );
  database.close();
}

test('a store that knew only YouTube opens, and each video is one of YouTube', () => {
  const folder = tempFolder();
  makeStoreOfVideos(folder);
  const store = openTestStore(folder, createTestClock({ startMs: 2_000 }));
  expect(store.files.get('/music/One.opus')?.media).toEqual(video('aaaaaaaaaaa'));
  expect(store.files.get('/music/Own.mp3')?.media).toBeUndefined();
  expect(store.overrides.all().map(({ media }) => media)).toEqual([video('bbbbbbbbbbb'), null]);
  const named = { ...track('B', 'Two'), media: video('ccccccccccc') };
  expect(store.overrides.find({ ...track('Z', 'Z'), media: video('ccccccccccc') })?.track).toEqual(named);
  expect(store.failures.all().map((failed) => failed.track)).toEqual([named]);
  const job = store.jobs.adopt(1);
  expect(job?.tracks.map((row) => row.track)).toEqual([song, named]);
  // Programs read `videoId`, so it stays beside what it has become.
  expect(job?.tracks[0]?.outcome).toMatchObject({ media: video('aaaaaaaaaaa'), videoId: 'aaaaaaaaaaa' });
  expect(store.keptDownloads.take(1, 1)).toEqual({
    name: '1.source',
    sizeBytes: 9,
    fetched: {
      candidate: 0,
      candidates: [
        {
          candidate: { ...ofVideo('ccccccccccc'), title: 'Two', kind: 'song', artists: ['B'] },
          confidence: 0.9,
        },
        {
          candidate: { ...ofVideo('ddddddddddd'), title: 'Too', kind: 'video', artists: [] },
          confidence: 0.8,
        },
      ],
      downloaded: { path: '/work/1.source' },
    },
  });
  expect(store.searches.load('youtube', 'songs', 'A One')).toBeUndefined();
});
