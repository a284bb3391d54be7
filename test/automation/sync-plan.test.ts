import { describe, expect, test } from 'vitest';
import { isUnchanged, planList, withOthersSongs, type PlanFacts } from '../../src/automation/sync-plan.ts';
import type { Followed } from '../../src/history/followed.ts';
import type { Track } from '../../src/tracks/track.ts';

const followed: Followed = {
  id: 1,
  library: '/music',
  origin: 'spotify:playlist:1',
  name: 'Mix',
  input: 'spotify:playlist:1',
  whenRemoved: 'keep',
  snapshot: undefined,
  followedAt: 0,
  syncedAt: 1,
};
const song = (name: string): Track => ({ artists: ['A'], artist: 'A', track: name });
const songs = (many: number): readonly Track[] => Array.from({ length: many }, (_, at) => song(`${at}`));

function plan(before: readonly Track[], now: readonly Track[], more: Partial<PlanFacts> = {}) {
  return planList({
    followed,
    before: before.map((track) => ({ track, isThere: true })),
    list: { name: 'Mix', tracks: now, skipped: [], folder: 'own' },
    isPresent: () => true,
    playlist: now.map((track) => track.track),
    holds: (path, track) => path === track.track,
    isWaiting: () => false,
    allowedRemovals: undefined,
    restoreDeleted: false,
    ...more,
  });
}

describe('a song of the list', () => {
  const before = [
    { track: song('had'), isThere: true },
    { track: song('failed'), isThere: false },
  ];
  test.each([
    ['had', true, false, false, 'there'],
    ['had', false, false, false, 'deleted'],
    ['had', false, false, true, 'again'],
    ['had', false, true, true, 'review'],
    ['failed', false, false, false, 'again'],
    ['failed', false, true, false, 'review'],
    ['failed', true, false, false, 'there'],
    ['fresh', false, false, false, 'new'],
    ['fresh', true, false, false, 'back'],
    ['fresh', false, true, false, 'review'],
  ] as const)(
    '%s, in the library %s, waiting %s, restoring %s: %s',
    (name, isThere, isWaiting, restore, row) => {
      const facts = { before, isPresent: () => isThere, isWaiting: () => isWaiting, restoreDeleted: restore };
      expect(plan([], [song(name)], facts).rows).toEqual([row]);
    },
  );
});

describe('songs that left', () => {
  test.each([
    [10, 10, undefined, undefined],
    [10, 7, undefined, undefined],
    [10, 6, undefined, undefined],
    [10, 5, undefined, "5 of 10 songs aren't in it anymore"],
    [10, 5, 4, "5 of 10 songs aren't in it anymore"],
    [10, 5, 5, undefined],
    [1000, 950, undefined, undefined],
    [1000, 949, undefined, "51 of 1000 songs aren't in it anymore"],
    [4, 1, undefined, undefined],
    [1, 0, undefined, "it's empty now, and had 1 song"],
    [1, 0, 1, undefined],
    [0, 0, undefined, undefined],
  ])('of %i songs %i are left, %s may go: %s', (before, now, allowedRemovals, held) => {
    expect(plan(songs(before), songs(now), { allowedRemovals }).held).toBe(held);
  });
});

test('a list is unchanged when nothing came, went, moved, or got another name', () => {
  expect(isUnchanged(plan(songs(3), songs(3)))).toBe(true);
  expect(isUnchanged(plan(songs(3), songs(4)))).toBe(false);
  expect(isUnchanged(plan(songs(3), songs(2)))).toBe(false);
  expect(isUnchanged(plan(songs(3), songs(3).toReversed()))).toBe(false);
  const renamed = { name: 'New name', tracks: songs(3), skipped: [], folder: 'own' } as const;
  expect(isUnchanged(plan(songs(3), songs(3), { list: renamed }))).toBe(false);
  // Files that the user deleted: their songs leave the playlist file.
  const deleted = { isPresent: () => false };
  expect(isUnchanged(plan(songs(3), songs(3), { ...deleted, playlist: undefined }))).toBe(false);
  expect(isUnchanged(plan(songs(3), songs(3), { ...deleted, playlist: [] }))).toBe(true);
  // A song that is replaced soon, and isn't what is wanted, may stand in it.
  expect(isUnchanged(plan(songs(3), songs(3), { ...deleted, playlist: ['1'] }))).toBe(true);
  // An undo brought the playlist file back that the list had before.
  for (const playlist of [[], ['0', '1'], ['0', '1', 'x'], ['0', '2', '1'], ['0', '1', '2', 'x']])
    expect(isUnchanged(plan(songs(3), songs(3), { playlist }))).toBe(false);
});

test('a list whose deleted song comes back with another list gets a new playlist file', () => {
  const gone = plan(songs(1), songs(1), { isPresent: () => false, playlist: [] });
  const other = plan([], songs(2), { isPresent: () => false, playlist: [] });
  expect([gone.rows, other.rows]).toEqual([['deleted'], ['new', 'new']]);
  const [first, second] = withOthersSongs([gone, other]);
  expect([first?.isStale, second?.isStale]).toEqual([true, false]);
  const heldBack = { ...other, held: "it's empty now" };
  expect(withOthersSongs([gone, heldBack]).map(({ isStale }) => isStale)).toEqual([false, false]);
});
