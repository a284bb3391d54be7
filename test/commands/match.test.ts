import { expect, test } from 'vitest';
import { runMatch } from '../../src/commands/match.ts';
import { candidateOf, createHouse, matchOf, type HouseOptions } from '../helpers/house.ts';

const video = 'aaaaaaaaaaa';
const other = 'bbbbbbbbbbb';
const found: HouseOptions = {
  matchTrack: async () => matchOf([candidateOf(video, 'Liar'), candidateOf(other, 'Liar (live)')]),
};

test('says what would be taken, why, and what else was considered', async () => {
  const house = createHouse(found);
  expect(await runMatch(house, ['Queen - Liar'], undefined)).toBe(0);
  expect(house.printed).toEqual([
    'Queen - Liar: uncertain, would wait for harmoni review',
    '  50 % · 100 s · video · Liar · Somebody',
    `  https://www.youtube.com/watch?v=${video}`,
    '    Fits: because the test says so',
    '    Doubts: nobody knows',
    '  Also considered:',
    '    40 % · 100 s · video · Liar (live) · Somebody',
    `      https://www.youtube.com/watch?v=${other}`,
  ]);
  expect(house.documents).toMatchObject([
    {
      lists: [
        { name: 'Queen - Liar', tracks: [{ decision: 'unsure', decidedBy: 'search', confidence: 0.5 }] },
      ],
    },
  ]);
});

test('what the user decided wins, and is not searched', async () => {
  const house = createHouse(found);
  const liar = { artists: ['Queen'], artist: 'Queen', track: 'Liar' };
  house.store.overrides.set(liar, null);
  await runMatch(house, ['Queen - Liar'], undefined);
  expect(house.documents).toMatchObject([{ lists: [{ tracks: [{ decision: 'none', decidedBy: 'you' }] }] }]);
});

test('a search that fails is told for its song, and the others come all the same', async () => {
  const house = createHouse({
    matchTrack: async ({ track }) => {
      if (track === 'Liar') throw new Error('no line');
      return matchOf([]);
    },
  });
  expect(await runMatch(house, ['Queen - Liar', 'Queen - Jealousy'], undefined)).toBe(1);
  expect(house.printed[1]).toBe('Queen - Jealousy: no match');
  expect(house.documents).toMatchObject([
    {
      lists: [
        { tracks: [{ track: 'Liar', failure: { stage: 'match' } }] },
        { tracks: [{ track: 'Jealousy', decision: 'none', pick: null }] },
      ],
    },
  ]);
});
