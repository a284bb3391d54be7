import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJob } from '../../src/engine/run.ts';
import { openDownloadsMenu, type DownloadsMenuParts } from '../../src/menus/downloads.ts';
import { back } from '../../src/ui/prompter.ts';
import { candidateOf, createHouse, matchOf, songOf, type HouseOptions } from '../helpers/house.ts';
import type { ScriptedAnswer } from '../helpers/scripted-prompter.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { exportifyCsv } from '../helpers/world.ts';

const song = songOf('Queen', 'Innuendo', { durationMs: 100 });

/** The menu before a person who answers so, and then goes back. */
function menuOf(answers: readonly ScriptedAnswer[], options: HouseOptions = {}) {
  const house = createHouse({ ...options, answers: [...answers, { select: back }] });
  const notNeeded = (): never => {
    throw new Error('Spotify is not needed here.');
  };
  const parts: DownloadsMenuParts = {
    ...house,
    spotify: { client: notNeeded, signIn: notNeeded, signOut: notNeeded, session: { current: notNeeded } },
    configStore: { path: join(house.folder, 'config.json'), set: notNeeded },
    readLine: async () => undefined,
  };
  return { ...house, open: () => openDownloadsMenu(parts) };
}

function putCsv(folder: string, name: string, tracks = [song]): void {
  writeFileSync(join(folder, `${name}.csv`), exportifyCsv(tracks));
}

test('a single song is downloaded without another question; without a match a link is asked for', async () => {
  const menu = menuOf([
    { select: 'Search for a song' },
    { input: ' Queen ' },
    { input: 'Liar' },
    { select: 'Decide later', startsOn: 'Decide later' },
  ]);
  await menu.open();
  expect(menu.documents).toMatchObject([
    { lists: [{ tracks: [{ artist: 'Queen', track: 'Liar', status: 'none' }] }] },
  ]);
});

test('a single song without a certain match opens its matches, and needs no command line', async () => {
  const liar = candidateOf('aaaaaaaaaaa', 'Liar');
  const menu = menuOf(
    [
      { select: 'Search for a song' },
      { input: 'Queen' },
      { input: 'Liar' },
      { select: 'None of these', startsOn: '50 % · 100 s · video · Liar · Somebody' },
    ],
    { matchTrack: async () => matchOf([liar]) },
  );
  await menu.open();
  expect(menu.printed).toEqual(['Nothing downloaded. 1 uncertain.']);
  expect(menu.prompter.said).toEqual(['\nQueen - Liar', 'Uncertain match "Liar" (50 %): nobody knows.']);
  expect(menu.store.overrides.all()).toMatchObject([{ track: { track: 'Liar' }, media: null }]);
});

test('one Exportify file opens its songs; of several the playlists are ticked first', async () => {
  const one = menuOf([{ select: 'Exportify playlists' }, { pick: back }]);
  putCsv(one.exportify, 'Evening', [song, songOf('Queen', 'Liar')]);
  await one.open();
  expect(one.prompter.asked).toContain('Songs of "Evening"');

  const two = menuOf([
    { select: 'Exportify playlists' },
    { pick: ['Morning'] },
    { pick: 'ticked' },
    { confirm: false },
  ]);
  putCsv(two.exportify, 'Evening');
  putCsv(two.exportify, 'Morning', [song, songOf('Queen', 'Liar')]);
  await two.open();
  expect(two.prompter.asked.slice(1, 4)).toEqual([
    'Which playlists do you want?',
    'Songs of "Morning"',
    `Download 2 songs in the best quality to ${two.paths.output}?`,
  ]);
});

test('a broken Exportify file is said, and hides no other', async () => {
  const menu = menuOf([{ select: 'Exportify playlists' }, { select: 'Decide later' }]);
  putCsv(menu.exportify, 'Evening');
  writeFileSync(join(menu.exportify, 'Broken.csv'), '');
  await menu.open();
  expect(menu.prompter.said[0]).toContain('Broken.csv');
  expect(menu.documents).toMatchObject([{ summary: { none: 1 } }]);
});

test.each(['Exportify playlists', 'Download all pending'])('%s says where files belong', async (name) => {
  const menu = menuOf([{ select: name }]);
  await menu.open();
  expect(menu.prompter.said[0]).toBe(`There's no CSV file in ${menu.exportify}.`);
});

test('all pending is confirmed before it begins', async () => {
  const menu = menuOf([{ select: 'Download all pending' }, { confirm: true }]);
  putCsv(menu.exportify, 'Evening', [song, songOf('Queen', 'Liar')]);
  menu.own(song);
  await menu.open();
  expect(menu.prompter.asked[1]).toMatch(/^Download 1 song in the best quality/);
  expect(menu.documents).toMatchObject([{ summary: { present: 1, none: 1 } }]);
});

test('a tracks file that is not there is explained', async () => {
  const menu = menuOf([{ select: 'Tracks file' }]);
  await menu.open();
  expect(menu.prompter.said[0]).toBe(`There's no ${join(menu.folder, 'tracks.json')}.`);
});

test('what was interrupted, failed and waits has a line each, with its count', async () => {
  const menu = menuOf([
    { select: 'Resume "Mix" (0 of 1 done)' },
    { select: 'Retry failed songs (1)' },
    { select: 'Review uncertain matches (2)' },
    { select: 'None of these' },
    { select: 'Decide later' },
    { select: 'Done' },
  ]);
  // It fails in two lists, and is one song.
  for (const listName of ['Mix', 'More']) {
    menu.store.failures.add('a', {
      track: songOf('Queen', 'Liar'),
      listName,
      listFolder: 'own',
      status: 'failed',
      failure: { stage: 'download', code: 'network-timeout', message: 'Slow.', fix: 'Retry.' },
    });
  }
  const list = { name: 'Mix', tracks: [song], skipped: [], folder: 'own' as const };
  const job = createJob(menu.store.jobs, [{ list, chosen: [true] }], menu.config, { accept: 'sure' });
  menu.store.jobs.leave(job.id);
  await menu.open();
  expect(menu.documents).toMatchObject([{ summary: { none: 1 } }, { summary: { none: 2 } }]);
  expect(menu.store.overrides.find(song)).toMatchObject({ media: null });
});

test('an interrupted download can be forgotten', async () => {
  const menu = menuOf([{ select: 'Forget an interrupted download' }, { confirm: true }]);
  const list = { name: 'Mix', tracks: [song], skipped: [], folder: 'own' as const };
  const job = createJob(menu.store.jobs, [{ list, chosen: [true] }], menu.config, { accept: 'sure' });
  menu.store.jobs.leave(job.id);
  await menu.open();
  expect(menu.prompter.asked[1]).toBe('Forget "Mix" (0 of 1 done)?');
  expect(menu.printed).toEqual(['Forgot the interrupted download. The songs you already have stay.']);
  expect(menu.store.jobs.interrupted()).toEqual([]);
});

test('songs of the library are ticked to be done again', async () => {
  const menu = menuOf([
    { select: 'Fix a wrong match' },
    { pick: ['Queen - Innuendo'] },
    { select: 'None of these' },
  ]);
  menu.own(song);
  await menu.open();
  expect(menu.printed).toEqual(['Saved your choice. The file is unchanged.']);
});

test('an empty library has nothing to be done again', async () => {
  const menu = menuOf([{ select: 'Fix a wrong match' }]);
  await menu.open();
  expect(menu.prompter.said).toEqual(['Your library is empty.']);
});

test('a path that leads nowhere is asked for again', async () => {
  const menu = menuOf([{ select: 'Open a file or folder' }, { input: "'/nowhere/My List.csv' " }]);
  await menu.open();
  expect(menu.prompter.said[0]).toContain("There's no file or folder /nowhere/My List.csv.");
});

test.each([
  ['with quotes', (path: string) => `'${path}' `],
  ['with backslashes', (path: string) => path.replaceAll(' ', '\\ ')],
])('a file that is dropped into the terminal is opened: %s', async (_, written) => {
  const folder = tempFolder();
  putCsv(folder, 'My List', [song, songOf('Queen', 'Liar')]);
  const path = written(join(folder, 'My List.csv'));
  const menu = menuOf([{ select: 'Open a file or folder' }, { input: path }, { pick: back }]);
  await menu.open();
  expect(menu.prompter.asked).toContain('Songs of "My List"');
});

test('an account export that is not where it belongs is asked for', async () => {
  const menu = menuOf([{ select: 'Account export' }, { input: back }]);
  await menu.open();
  expect(menu.prompter.asked).toContain('Where is your account export? (the .zip or its folder)');
});
