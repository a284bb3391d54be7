import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJob } from '../../src/engine/run.ts';
import type { LibrarySong } from '../../src/library/songs.ts';
import type { Cause, Finding } from '../../src/library/verify/findings.ts';
import { offerOtherMatches } from '../../src/views/other-matches.ts';
import { candidateOf, createHouse, matchOf, songOf, type HouseOptions } from '../helpers/house.ts';
import { video } from '../helpers/media.ts';

const song = songOf('Queen', 'Innuendo', { isrc: 'GBUM71029604' });

/** A house with a song that may be wrong, and another match for it. */
function houseOf(cause: Cause, options: HouseOptions = {}, downloaded = true) {
  const matches = [candidateOf('aaaaaaaaaaa', 'The wrong one'), candidateOf('bbbbbbbbbbb', 'Another one')];
  const house = createHouse({ matchTrack: async () => matchOf(matches), ...options });
  house.own(song);
  const found: LibrarySong = {
    file: {
      ...{ path: join(house.paths.output, 'Queen - Innuendo.wav'), sizeBytes: 1, modifiedMs: 1 },
      ...{ downloaded, media: video('aaaaaaaaaaa') },
    },
    facts: {
      ...{ artists: [], genres: [], isrcs: [], hasCover: false },
      heard: { verdict: 'doubtful', by: 'deezer', bitError: 0.41 },
    },
    lists: [],
  };
  const finding: Finding = { cause, path: found.file.path, detail: '', song: found };
  return { house, finding };
}
const asked = { isRepair: true, isYes: false, isAsked: false };

test('each is shown with what was heard, and with the one that the library has', async () => {
  const { house, finding } = houseOf('doubtful', {
    answers: [{ confirm: true }, { select: 'Keep it as it is' }],
  });
  expect(await offerOtherMatches(house, [finding], asked)).toBeUndefined();
  expect(house.prompter.asked).toEqual([
    '1 song may be the wrong recording. Choose another match now?',
    'Which match is right?',
  ]);
  expect(house.prompter.said).toContain("Doubtful: it doesn't sound like Deezer's preview (error 0.41).");
  expect(house.prompter.shown[0]?.[0]?.description).toContain('This one is in your library now.');
});

test.each<readonly [string, Cause, typeof asked, boolean]>([
  ['nobody can choose', 'different', { isRepair: true, isYes: true, isAsked: false }, true],
  ['it is only looked', 'different', { isRepair: false, isYes: false, isAsked: false }, true],
  ["HARMONI didn't make the file", 'different', asked, false],
  ['something else is wrong', 'broken', asked, true],
])('nothing is offered where %s', async (_what, cause, options, downloaded) => {
  const { house, finding } = houseOf(cause, {}, downloaded);
  await offerOtherMatches(house, [finding], options);
  expect(house.prompter.asked).toEqual([]);
});

test('a no leaves the songs as they are', async () => {
  const { house, finding } = houseOf('different', { answers: [{ confirm: false }] });
  expect(await offerOtherMatches(house, [finding], asked)).toBeUndefined();
  expect(house.store.overrides.all()).toEqual([]);
});

test.each([
  ['compares where songs were compared just now', { includeOwn: false }, 'compare'],
  ['plays the match alone where they were not, and nobody has agreed', undefined, 'play'],
] as const)('p %s', async (_what, ear, name) => {
  const answers = [{ confirm: true }, { select: 'Keep it as it is' }];
  const { house, finding } = houseOf('doubtful', { answers, config: { verify_by_ear: 'ask' } });
  const list = { name: 'Mix', tracks: [song], skipped: [], folder: 'own' } as const;
  createJob(house.store.jobs, [{ list, chosen: [true] }], house.config, { accept: 'sure' });
  const keys: string[] = [];
  const select: typeof house.prompter.select = (question) => {
    keys.push(...(question.keys ?? []).map((one) => one.name));
    return house.prompter.select(question);
  };
  await offerOtherMatches({ ...house, prompter: { ...house.prompter, select } }, [finding], {
    ...asked,
    ear,
  });
  expect(keys).toEqual(['open', name]);
});
