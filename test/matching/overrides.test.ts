import { expect, test } from 'vitest';
import { isWaiting } from '../../src/matching/review-list.ts';
import { createMatchTrack } from '../../src/matching/find-match.ts';
import { withOverrides } from '../../src/matching/overrides.ts';
import type { Media } from '../../src/tracks/media.ts';
import { video } from '../helpers/media.ts';
import { openTestStore, track } from '../history/set-up.ts';

const { signal } = new AbortController();
const song = track('Some Band', 'Song', { spotifyUri: 'spotify:track:0123456789abcdefghijAB' });

function matcher() {
  const { overrides } = openTestStore();
  let searches = 0;
  const finder = {
    name: 'youtube',
    searches: ['songs'] as const,
    search: () => Promise.resolve((searches += 1) > 0 ? [] : []),
  };
  const urlOf = ({ id }: Media): string => id;
  return {
    overrides,
    match: withOverrides(createMatchTrack({ finders: [finder], urlOf }), overrides),
    searches: () => searches,
  };
}

test('what the user chose wins without a search, also over what the source names', async () => {
  const { overrides, match, searches } = matcher();
  overrides.set(song, video('aaaaaaaaaaa'));
  const found = await match({ ...song, media: video('bbbbbbbbbbb') }, signal);
  expect(found).toMatchObject({ decision: 'sure', pick: { media: video('aaaaaaaaaaa') }, givenBy: 'you' });
  expect(found.reasons).toEqual(['you chose this video']);
  expect(searches()).toBe(0);
});

test('the choice holds for the same song in a list that knows no URI', async () => {
  const { overrides, match } = matcher();
  overrides.set(song, video('aaaaaaaaaaa'));
  expect((await match(track('SOME BAND', 'Song'), signal)).pick?.media).toEqual(video('aaaaaaaaaaa'));
});

test('"none of these" is an answer too', async () => {
  const { overrides, match, searches } = matcher();
  overrides.set(song, null);
  expect(await match(song, signal)).toMatchObject({ decision: 'none', pick: null, givenBy: 'you' });
  expect(searches()).toBe(0);
});

test('without a choice it is searched', async () => {
  const { match, searches } = matcher();
  expect((await match(song, signal)).givenBy).toBeUndefined();
  expect(searches()).toBeGreaterThan(0);
});

const failed = {
  track: song,
  listName: 'L',
  listFolder: 'own',
  attempts: 1,
  uploads: [],
  failedAt: 0,
} as const;
const because = (code: 'match-unsure' | 'video-private' | 'network-timeout') => ({
  stage: 'match' as const,
  code,
  message: '',
  fix: '',
});
const chosen = { track: song, media: video('aaaaaaaaaaa'), decidedAt: 0 };

test.each([
  ['unsure', 'match-unsure', undefined, true],
  ['none', 'match-unsure', undefined, true],
  ['unsure', 'match-unsure', chosen, false],
  ['none', 'match-unsure', { ...chosen, media: null }, false],
  ['failed', 'network-timeout', undefined, false],
  ['failed', 'video-private', undefined, true],
  ['failed', 'video-private', chosen, false],
  // The chosen one could not be had either.
  ['failed', 'video-private', { ...chosen, decidedAt: -1 }, true],
] as const)('%s for %s, decided %j: waits is %s', (status, code, decided, waits) => {
  expect(isWaiting({ ...failed, status, failure: because(code) }, decided)).toBe(waits);
});
