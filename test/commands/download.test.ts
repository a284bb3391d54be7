import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runDownload } from '../../src/commands/download.ts';
import type { Track, TrackList } from '../../src/tracks/track.ts';
import { back } from '../../src/ui/prompter.ts';
import { downloadLists, type DownloadOptions } from '../../src/views/download-lists.ts';
import { createHouse, songOf, type HouseOptions } from '../helpers/house.ts';
import { exportifyCsv } from '../helpers/world.ts';

const [one, two, three] = ['One', 'Two', 'Three'].map((title) => songOf('A', title, { durationMs: 100 }));
const lists = { Evening: [one, two], Morning: [two, three] };

/** A house with two playlists; the library has "Two". */
function houseOf(options: HouseOptions = {}) {
  const house = createHouse(options);
  const files = Object.entries(lists).map(([name, tracks]) => {
    const file = join(house.folder, `${name}.csv`);
    writeFileSync(file, exportifyCsv(tracks.filter((track) => track !== undefined)));
    return file;
  });
  if (two !== undefined) house.own(two);
  return { ...house, files };
}
const asking: DownloadOptions = { accept: 'sure' };

test('one list is ticked and confirmed; what is there is not ticked', async () => {
  const house = houseOf({ answers: [{ pick: 'ticked' }, { confirm: true }] });
  // Nothing is found for the song that is new.
  expect(await runDownload(house, house.files.slice(0, 1), asking)).toBe(1);
  expect(house.prompter.asked).toEqual([
    'Songs of "Evening"',
    `Download 1 song in the best quality to ${house.paths.output}?`,
  ]);
  expect(house.documents).toMatchObject([{ summary: { none: 1, present: 0, done: 0 } }]);
});

test('without a source what is pending is read: the Exportify folder, or what the setting names', async () => {
  const house = houseOf();
  await expect(runDownload(house, [], { accept: 'sure', yes: true })).rejects.toMatchObject({
    code: 'source-empty',
  });
  const config = { ...house.config, pending_lists: house.files.slice(0, 1) };
  await runDownload({ ...house, config }, [], { accept: 'sure', yes: true });
  expect(house.documents).toMatchObject([{ lists: [{ name: 'Evening' }] }]);
});

test('of several lists all are taken with one answer, which is a yes', async () => {
  const house = houseOf({
    answers: (library) => [{ select: `Download 2 songs in the best quality to ${library}` }],
  });
  expect(await runDownload(house, house.files, asking)).toBe(1);
  expect(house.prompter.asked).toEqual(['2 playlists: 2 songs to download, 2 in your library.']);
  expect(house.documents).toMatchObject([{ summary: { none: 2, present: 2 } }]);
});

test('where every song is there only the playlist files are written', async () => {
  const house = houseOf({ answers: [{ select: 'Write the playlist files' }] });
  if (one !== undefined && three !== undefined) [one, three].forEach((song) => house.own(song));
  expect(await runDownload(house, house.files, asking)).toBe(0);
  expect(house.prompter.asked).toEqual(['2 playlists: 0 songs to download, 4 in your library.']);
});

test('several lists are gone through one by one, and "no" downloads nothing', async () => {
  const house = houseOf({
    answers: [{ select: 'Choose songs' }, { pick: ['A - One', 'A - Two'] }, { pick: [] }, { confirm: false }],
  });
  expect(await runDownload(house, house.files, asking)).toBe(130);
  expect(house.prompter.asked[0]).toBe('2 playlists: 2 songs to download, 2 in your library.');
  expect(house.prompter.asked.at(-1)).toMatch(/^Download 1 song in/);
  expect(house.store.jobs.interrupted()).toEqual([]);
  expect(house.documents).toEqual([]);
});

test('some of several lists are taken whole', async () => {
  const house = houseOf({
    answers: [{ select: 'Choose playlists' }, { pick: ['Morning (2 songs)'] }, { confirm: false }],
  });
  expect(await runDownload(house, house.files, asking)).toBe(130);
  expect(house.prompter.asked.slice(1)).toEqual([
    'Which playlists do you want?',
    expect.stringMatching(/^Download 1 song in/),
  ]);
});

test('albums are called albums, and one that is there whole is not ticked', async () => {
  const house = houseOf({ answers: [{ select: 'Choose albums' }, { pick: 'ticked' }, { confirm: false }] });
  const [first, second, third] = [one, two, three];
  if (first === undefined || second === undefined || third === undefined) throw new Error('There are three.');
  const album = (name: string, ...tracks: Track[]): TrackList => ({
    name,
    origin: `spotify:album:${name}`,
    tracks,
    skipped: [],
    folder: 'own',
  });
  await downloadLists(house, [album('New', first, third), album('There', second)], asking);
  expect(house.prompter.asked).toEqual([
    '2 albums: 2 songs to download, 1 in your library.',
    'Which albums do you want?',
    expect.stringMatching(/^Download 2 songs in/),
  ]);
});

test.each([
  ['the first question', [{ select: back }]],
  ['the choice of lists', [{ select: 'Choose playlists' }, { pick: back }]],
  ['a list', [{ select: 'Choose songs' }, { pick: 'ticked' }, { pick: back }]],
] as const)('back out of %s ends it', async (_what, answers) => {
  const house = houseOf({ answers });
  expect(await runDownload(house, house.files, asking)).toBe(130);
});

test('nothing ticked is nothing to do', async () => {
  const house = houseOf({ answers: [{ pick: [] }] });
  expect(await runDownload(house, house.files.slice(0, 1), asking)).toBe(0);
  expect(house.printed).toEqual(["Nothing selected, so there's nothing to download."]);
  expect(house.documents).toMatchObject([{ lists: [], summary: { done: 0 } }]);
});

test('--yes asks nothing and writes the playlists of what is there', async () => {
  const house = houseOf();
  expect(await runDownload(house, house.files, { accept: 'sure', yes: true })).toBe(1);
  expect(house.documents).toMatchObject([{ summary: { none: 2, present: 2 } }]);
  expect(existsSync(join(house.paths.output, 'Evening', 'Evening.m3u8'))).toBe(true);
});

test('--limit ticks no more than so many', async () => {
  const house = houseOf({ answers: [{ pick: 'ticked' }, { confirm: false }] });
  await runDownload(house, house.files.slice(1), { accept: 'sure', limit: 1 });
  expect(house.prompter.asked.at(-1)).toMatch(/^Download 1 song in/);
});

test('who names one song has chosen it', async () => {
  const house = houseOf();
  expect(await runDownload(house, ['A - Four'], asking)).toBe(1);
  expect(house.documents).toMatchObject([{ summary: { none: 1 } }]);
});

test('what takes long is said before the yes, and why', async () => {
  const house = houseOf({
    config: { downloads_per_hour: 1 },
    answers: [{ select: 'Choose playlists' }, { pick: 'ticked' }, { confirm: false }],
  });
  await runDownload(house, house.files, asking);
  expect(house.prompter.asked.at(-1)).toMatch(
    /^Download 2 songs .*\? It takes about 1 h, because downloads_per_hour is 1\.$/,
  );
});

test('--dry-run tells of each song what its list knows', async () => {
  const house = houseOf({});
  const track: Track = {
    artists: ['A'],
    artist: 'A',
    track: 'New',
    album: 'Album',
    durationMs: 200_000,
    isrc: 'QZTST2600001',
    spotifyUri: 'spotify:track:0000000000000000000001',
  };
  const list: TrackList = { name: 'Facts', tracks: [track], skipped: [], folder: 'own' };
  await downloadLists(house, [list], { accept: 'sure', dryRun: true });
  const { artists, ...facts } = track;
  expect(artists).toEqual(['A']);
  expect(house.documents).toMatchObject([{ lists: [{ tracks: [{ ...facts, status: 'pending' }] }] }]);
});

test('--dry-run says what would be downloaded and what it takes, and begins nothing', async () => {
  const house = houseOf({ config: { audio_format: 'wav', downloads_per_hour: 1 } });
  expect(await runDownload(house, house.files, { accept: 'sure', dryRun: true })).toBe(0);
  expect(house.printed).toEqual([
    'Evening: 1 to download, 1 in your library, 0 skipped',
    'Morning: 1 to download, 1 in your library, 0 skipped',
    '2 songs: about 1 MB, about 1 h, because downloads_per_hour is 1',
  ]);
  expect(house.documents).toMatchObject([
    {
      lists: [
        {
          name: 'Evening',
          tracks: [
            { artist: 'A', track: 'One', status: 'pending' },
            { artist: 'A', track: 'Two', status: 'present' },
          ],
          skipped: [],
        },
        { name: 'Morning' },
      ],
      plan: { new: 2, present: 2, doubles: 0, skipped: 0, spaceBytes: 38_400, timeMs: 3_600_000 },
    },
  ]);
  expect(house.store.jobs.interrupted()).toEqual([]);
});

test('an input that could not be read makes the end a failure', async () => {
  const house = houseOf();
  const single = join(house.folder, 'Two.csv');
  writeFileSync(single, exportifyCsv(two === undefined ? [] : [two]));
  const broken = join(house.folder, 'Broken.csv');
  writeFileSync(broken, '');
  expect(await runDownload(house, [single], { accept: 'sure', yes: true })).toBe(0);
  expect(await runDownload(house, [single, broken], { accept: 'sure', yes: true })).toBe(1);
});
