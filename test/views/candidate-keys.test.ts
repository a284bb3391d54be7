import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EarWithPreviews } from '../../src/ear/create-ear.ts';
import type { FoundReference } from '../../src/ear/ear.ts';
import { candidateKeys } from '../../src/views/candidate-keys.ts';
import { candidateOf, createHouse, songOf } from '../helpers/house.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const song = songOf('Queen', 'Innuendo', { isrc: 'GBUM71029604' });
const { signal } = new AbortController();

/** A house on whose machine is no player, with an ear that finds this. */
function houseOf(found: FoundReference, verifyByEar: 'ask' | 'uncertain' | 'always' | 'never' = 'uncertain') {
  const asked: string[] = [];
  const none = (): never => {
    throw new Error('Nobody listens here.');
  };
  const ear: EarWithPreviews = {
    ...{ knows: none, hear: none, forget: none, end: () => void asked.push('end') },
    preview: (track) => {
      asked.push(track.track);
      return Promise.resolve(found);
    },
  };
  const house = createHouse({ ear, config: { verify_by_ear: verifyByEar } });
  const bin = join(tempFolder(), 'bin');
  mkdirSync(bin);
  const keys = (track = song) =>
    candidateKeys({ ...house, env: { PATH: bin } }, track, (value: string) =>
      value === 'none' ? undefined : { candidate: candidateOf('aaaaaaaaaaa', 'A video') },
    );
  const press = async (value = 'first', own = keys()) =>
    own.find(({ key }) => key === 'p')?.run(value, signal);
  return { house, bin, asked, keys, press };
}
const reference: FoundReference = {
  reference: {
    ...{ by: 'deezer', fingerprints: [], sound: new Uint8Array(8) },
    url: 'https://www.deezer.com/track/1',
  },
};

test('without a player both links are given, and the preview is asked for once for all matches of a song', async () => {
  const { house, asked, keys, press } = houseOf(reference);
  const own = keys();
  await press('first', own);
  expect(house.prompter.said.slice(-2)).toEqual([
    'Compare them in your browser: Deezer has it at https://www.deezer.com/track/1',
    'The match is https://www.youtube.com/watch?v=aaaaaaaaaaa',
  ]);
  await press('second', own);
  expect(asked).toEqual(['Innuendo', 'end']);
});

test.each<readonly ['none' | 'later', string]>([
  ['none', 'Deezer has no preview of this song.'],
  ['later', "Deezer doesn't answer right now."],
])('where the answer is %s it is said, and the match is played alone', async (found, said) => {
  const { house, press } = houseOf(found);
  await press();
  expect(house.prompter.said).toContain(said);
  expect(house.prompter.said.at(-1)).toMatch(/^Fix: /);
});

test.each([
  ['nobody was asked yet', 'ask', song],
  ['it is off', 'never', song],
  ['the song has no ISRC', 'always', songOf('Queen', 'Liar')],
] as const)('Deezer is not asked where %s', async (_what, mode, track) => {
  const { asked, keys, press } = houseOf(reference, mode);
  const own = keys(track);
  expect(own.map(({ name }) => name)).toEqual(['open', 'play']);
  await press('first', own);
  expect(asked).toEqual([]);
});

test('on what is no match nothing is asked', async () => {
  const { house, bin, asked, press } = houseOf(reference);
  writeFileSync(join(bin, 'ffplay'), '#!/bin/sh\n');
  chmodSync(join(bin, 'ffplay'), 0o755);
  await press('none');
  expect(house.prompter.said).toEqual(['Move to a match first.']);
  expect(asked).toEqual([]);
});
