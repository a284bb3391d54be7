import { expect, test } from 'vitest';
import { runReviewCommand } from '../../src/commands/review.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import { back } from '../../src/ui/prompter.ts';
import { candidateOf, createHouse, matchOf, songOf, type HouseOptions } from '../helpers/house.ts';

const songs = [
  songOf('Queen', 'Innuendo', { album: 'Innuendo', durationMs: 98_000 }),
  songOf('Queen', 'Liar'),
];
const video = 'aaaaaaaaaaa';

/** A house in which both songs wait, with one candidate each. */
function houseOf(options: HouseOptions = {}) {
  const house = createHouse({ matchTrack: async () => matchOf([candidateOf(video, 'A video')]), ...options });
  for (const track of songs) {
    house.store.failures.add(trackKeys(track)[0] ?? '', {
      track,
      listName: 'Mix',
      listFolder: 'own',
      status: 'unsure',
      failure: { stage: 'match', code: 'match-unsure', message: 'Not sure.', fix: 'Decide.' },
    });
  }
  return house;
}
const review = (house: ReturnType<typeof houseOf>, ...args: readonly string[]) =>
  runReviewCommand(house, undefined, args);

test('asks song by song, and says what each is', async () => {
  const house = houseOf({
    answers: [{ select: 'None of these' }, { select: 'Decide later' }, { select: 'Done' }],
  });
  expect(await review(house)).toBe(0);
  expect(house.prompter.said).toEqual([
    '\nQueen - Innuendo (Innuendo, 1:38)',
    '1 of 2, from "Mix". Not sure.',
    '\nQueen - Liar',
    '2 of 2, from "Mix". Not sure.',
  ]);
  expect(house.store.overrides.all()).toMatchObject([{ track: songs[0], media: null }]);
  expect(house.store.failures.all()).toMatchObject([{ track: songs[1] }]);
});

test('a candidate that is chosen may wait for harmoni retry', async () => {
  const house = houseOf({
    answers: [
      { select: '50 % · 2 s longer · video · A video · Somebody' },
      { select: back },
      { select: 'Not now' },
    ],
  });
  expect(await review(house)).toBe(0);
  expect(house.prompter.asked.at(-1)).toBe('Download the song you chose now?');
  expect(house.store.overrides.all()).toMatchObject([
    { track: songs[0], media: { provider: 'youtube', id: video } },
  ]);
  expect(house.prompter.said.at(-1)).toBe("It's downloaded the next time you retry failed songs.");
});

test('a link is taken where no candidate is right', async () => {
  const house = houseOf({
    answers: [
      { select: 'Paste a link' },
      { input: 'https://youtu.be/bbbbbbbbbbb' },
      { select: 'Paste a link' },
      { input: back },
      { select: back, startsOn: 'Paste a link' },
      { select: 'Not now' },
    ],
  });
  await review(house);
  expect(house.store.overrides.all()).toMatchObject([
    { track: songs[0], media: { provider: 'youtube', id: 'bbbbbbbbbbb' } },
  ]);
});

test('a search that fails is said, and a link can still be pasted', async () => {
  const house = houseOf({
    answers: [{ select: 'Decide later', startsOn: 'Decide later' }, { select: back }],
    matchTrack: async () => Promise.reject(new Error('no line')),
  });
  await review(house);
  expect(house.prompter.said.filter((line) => line.startsWith('The search failed'))).toHaveLength(2);
});

test.each([
  ['the best candidate', 0.5, undefined, '50 % · 2 s longer · video · A video · Somebody'],
  ['a candidate of 20 %', 0.2, undefined, '20 % · 2 s longer · video · A video · Somebody'],
  ['none below that', 0.19, undefined, 'Decide later'],
  ['none that has failed', 0.9, 'Gone.', 'Decide later'],
])('the cursor starts on the safest choice: %s', async (_what, confidence, gone, startsOn) => {
  const found = { ...matchOf([candidateOf(video, 'A video')]), confidence };
  const house = houseOf({
    matchTrack: async () => found,
    answers: [{ select: back, startsOn }],
  });
  if (gone !== undefined) {
    const [song = never()] = house.store.failures.all();
    const uploads = [{ media: { provider: 'youtube', id: video }, message: gone }];
    house.store.failures.add(trackKeys(song.track)[0] ?? '', { ...song, uploads });
    house.store.failures.remove(songs[1] ?? never());
  }
  await review(house);
  expect(house.store.overrides.all()).toEqual([]);
});
function never(): never {
  throw new Error('There is one.');
}

test('each candidate says what fits and what is doubtful, in lines of its own', async () => {
  const house = houseOf({ answers: [{ select: back }] });
  await review(house);
  expect(house.prompter.shown.at(-1)).toMatchObject([
    {
      description: `Fits: because the test says so\nDoubts: nobody knows\nhttps://www.youtube.com/watch?v=${video}`,
    },
    { name: 'Paste a link' },
    { name: 'None of these' },
    { name: 'Decide later' },
  ]);
});

test('the last answer can be undone, whatever it was, also at the end', async () => {
  const chosen = { provider: 'youtube', id: video };
  const seen: unknown[] = [];
  const house = houseOf({
    answers: [
      { select: 'None of these' },
      { select: 'Undo the last answer' },
      { select: '50 % · 2 s longer · video · A video · Somebody' },
      { select: 'None of these' },
      { select: 'Undo the last answer' },
      { select: 'Decide later' },
      { select: 'Not now' },
    ],
    matchTrack: async () => {
      seen.push(house.store.overrides.all().map(({ media }) => media));
      return matchOf([candidateOf(video, 'A video')]);
    },
  });
  await review(house);
  // What is kept before each song is asked: an answer counts from its moment on.
  expect(seen).toEqual([[], [null], [], [chosen], [chosen]]);
  expect(house.store.overrides.all()).toMatchObject([{ track: songs[0], media: chosen }]);
  expect(house.store.failures.all()).toHaveLength(2);
});

test('an answer is kept when the next question never comes', async () => {
  const house = houseOf({ answers: [{ select: 'None of these' }] });
  await expect(review(house)).rejects.toThrow('Nobody expected');
  expect(house.store.overrides.all()).toMatchObject([{ track: songs[0], media: null }]);
  expect(house.store.failures.all()).toMatchObject([{ track: songs[1] }]);
});

test('where nothing waits nothing is asked', async () => {
  const house = createHouse();
  expect(await review(house)).toBe(0);
  expect(house.prompter.said).toEqual(['No songs are waiting for review.']);
});

test('without a terminal what waits is listed with its candidates', async () => {
  const house = houseOf();
  expect(await runReviewCommand({ ...house, interactive: false }, undefined, [])).toBe(0);
  expect(house.documents).toMatchObject([
    {
      waiting: [
        {
          artist: 'Queen',
          track: 'Innuendo',
          list: 'Mix',
          status: 'unsure',
          candidates: [
            {
              media: { provider: 'youtube', id: video },
              title: 'A video',
              lengthDifferenceMs: 2_000,
              confidence: 0.5,
            },
          ],
        },
        { track: 'Liar', spotifyUri: null },
      ],
    },
  ]);
  expect(house.printed.at(-1)).toMatch(/^Run harmoni review/);
});

test.each([
  ['remove', [], /harmoni review remove "ARTIST - TITLE"/],
  ['redo', [], /harmoni review redo/],
  ['list', ['x'], /harmoni review list$/],
] as const)('%s with %j says how it is called', async (verb, args, message) => {
  const house = createHouse();
  await expect(runReviewCommand(house, verb, args)).rejects.toThrow(message);
});

test('redo refuses what is no link of a video, and a song that is not there', async () => {
  const house = createHouse();
  const redo = (...args: readonly string[]) => runReviewCommand(house, 'redo', args);
  await expect(redo('Queen - Liar', 'https://example.org')).rejects.toThrow(
    /isn't a link to a single video or track/,
  );
  await expect(redo('Queen - Liar', video)).rejects.toThrow('"Queen - Liar" isn\'t in your library.');
});

test('redo of a song of the library: none of the videos is remembered, and the file stays', async () => {
  const house = createHouse({ answers: [{ select: 'None of these' }] });
  house.own({ artist: 'Queen', track: 'Liar' });
  expect(await runReviewCommand(house, 'redo', ['Queen - Liar'])).toBe(0);
  expect(house.printed).toEqual(['Saved your choice. The file is unchanged.']);
  expect(house.documents).toEqual([{ lists: [] }]);
  expect(house.store.overrides.all()).toMatchObject([{ track: { track: 'Liar' }, media: null }]);
});

test('list and remove show and forget what was decided', async () => {
  const house = createHouse();
  songs.forEach((track, index) =>
    house.store.overrides.set(track, index === 0 ? { provider: 'youtube', id: video } : null),
  );
  expect(await runReviewCommand(house, 'list', [])).toBe(0);
  expect(house.printed).toEqual(
    expect.arrayContaining([
      `Queen - Innuendo: https://www.youtube.com/watch?v=${video}`,
      'Queen - Liar: none of these',
    ]),
  );
  expect(await runReviewCommand(house, 'remove', ['Queen - Liar'])).toBe(0);
  expect(house.documents.at(-1)).toEqual({ removed: 1 });
});
