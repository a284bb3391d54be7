import { expect, test } from 'vitest';
import { chooseAll, chooseNew, type Chosen } from '../../src/engine/choice.ts';
import { withoutDoubles } from '../../src/engine/doubles.ts';
import type { EstimateFacts } from '../../src/engine/estimate.ts';
import { planDownload } from '../../src/engine/plan.ts';
import type { SkippedRow, Track, TrackList } from '../../src/tracks/track.ts';
import { songOf } from '../helpers/house.ts';

const facts: EstimateFacts = {
  format: 'wav',
  quality: 'high',
  madeBytesPerSecond: undefined,
  visits: [],
  nowMs: 0,
  limits: {
    downloads_per_hour: 0,
    download_speed_limit_mbps: 0,
    sleep_between: 0,
    max_concurrent_downloads: 3,
  },
};
const one = songOf('A', 'One', { durationMs: 1_000 });
const two = songOf('A', 'Two', { durationMs: 1_000 });
const three = songOf('A', 'Three', { durationMs: 1_000 });
const listOf = (name: string, tracks: readonly Track[], skipped: readonly SkippedRow[] = []): TrackList => ({
  name,
  tracks,
  skipped,
  folder: 'own',
});
const plan = (chosen: readonly Chosen[], present: readonly Track[] = []) =>
  planDownload(chosen, (track) => present.includes(track), facts);
const all = (...lists: readonly TrackList[]) => lists.map((list) => chooseAll(list, undefined));

test('a song in two lists is fetched once, and counts as shared', () => {
  expect(plan(all(listOf('X', [one, two]), listOf('Y', [two, three])))).toMatchObject({
    new: 3,
    shared: 1,
    present: 0,
  });
});

test('a song in three lists is shared once', () => {
  const lists = all(listOf('X', [one]), listOf('Y', [one]), listOf('Z', [one, two]));
  expect(plan(lists)).toMatchObject({ new: 2, shared: 1 });
});

test('what the library has is no new song, and counts in each list', () => {
  const planned = plan(all(listOf('X', [one, two]), listOf('Y', [two])), [two]);
  expect(planned).toMatchObject({ new: 1, shared: 0, present: 2 });
  expect(planned.lists).toEqual([
    {
      name: 'X',
      tracks: [
        { track: one, isPresent: false },
        { track: two, isPresent: true },
      ],
      skipped: [],
    },
    { name: 'Y', tracks: [{ track: two, isPresent: true }], skipped: [] },
  ]);
});

test('only what is chosen counts', () => {
  expect(
    plan([{ list: listOf('X', [one, two, three]), chosen: [true, false, true] }], [three]),
  ).toMatchObject({
    new: 1,
    present: 1,
  });
  expect(plan([chooseAll(listOf('X', [one, two, three]), 2)])).toMatchObject({ new: 2 });
});

test('doubles are told from rows that cannot be used', () => {
  const list = withoutDoubles(listOf('X', [one, one, two, one], [{ row: 9, reason: 'no title' }]));
  expect(plan(all(list))).toMatchObject({ new: 2, doubles: 2, skipped: 1 });
});

test('room is needed for each new song once', () => {
  const { space } = plan(all(listOf('X', [one, two]), listOf('Y', [one, three])), [three]);
  expect(space).toEqual({ bytes: (2 * 1_536_000) / 8, unknown: 0 });
});

test('nothing chosen needs nothing', () => {
  expect(plan([])).toEqual({
    lists: [],
    new: 0,
    shared: 0,
    present: 0,
    doubles: 0,
    skipped: 0,
    space: { bytes: 0, unknown: 0 },
    timeMs: 0,
  });
});

test('a list proposes its new songs, and no more than the limit of them', () => {
  const proposed = (limit?: number) =>
    chooseNew(listOf('X', [one, two, three]), (track) => track === two, limit).map(({ chosen }) => chosen);
  expect(proposed()).toEqual([true, false, true]);
  expect(proposed(1)).toEqual([true, false, false]);
  expect(proposed(2)).toEqual([true, false, true]);
});
