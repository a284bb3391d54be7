import { expect, test } from 'vitest';
import { isDouble, withoutDoubles } from '../../src/engine/doubles.ts';
import type { SkippedRow, Track } from '../../src/tracks/track.ts';
import { songOf } from '../helpers/house.ts';

const listOf = (tracks: readonly Track[], skipped: readonly SkippedRow[] = []) =>
  withoutDoubles({ name: 'Mix', origin: 'spotify:playlist:a', tracks, skipped, folder: 'own' });
const titles = (tracks: readonly Track[]): string[] => tracks.map(({ track }) => track);

test('each song stays once, in the order of the list, and each double is named', () => {
  const list = listOf([songOf('A', 'One'), songOf('B', 'Two'), songOf('a', 'one'), songOf('A', 'One')]);
  expect(titles(list.tracks)).toEqual(['One', 'Two']);
  expect(list.skipped).toEqual([
    { row: 3, reason: 'duplicate', text: 'a - one' },
    { row: 4, reason: 'duplicate', text: 'A - One' },
  ]);
  expect(list.skipped.every(isDouble)).toBe(true);
  expect(list).toMatchObject({ name: 'Mix', origin: 'spotify:playlist:a', folder: 'own' });
});

test('rows are counted as the source counts them, also past those that it skipped', () => {
  const unusable = [
    { row: 1, reason: 'no title' },
    { row: 3, reason: 'no title' },
  ];
  const list = listOf([songOf('A', 'One'), songOf('A', 'One')], unusable);
  expect(list.skipped).toEqual([...unusable, expect.objectContaining({ row: 4 })]);
  expect(list.skipped.map(isDouble)).toEqual([false, false, true]);
});

test.each([
  ['another version', songOf('A', 'One'), songOf('A', 'One (Live)'), 2],
  ['another ISRC', songOf('A', 'One', { isrc: 'AA1' }), songOf('A', 'One', { isrc: 'BB2' }), 2],
  [
    'another length',
    songOf('A', 'One', { durationMs: 60_000 }),
    songOf('A', 'One', { durationMs: 200_000 }),
    2,
  ],
  ['one Spotify URI', songOf('A', 'One', { spotifyUri: 'x' }), songOf('Ä', 'Eins', { spotifyUri: 'x' }), 1],
  ['a guest named in the title', songOf('A', 'One (feat. B)'), songOf('A', 'One'), 1],
  ['a title without an artist', { artists: [], artist: '', track: 'One' }, songOf('A', 'One'), 2],
])('%s', (_what, first, second, stay) => {
  expect(listOf([first, second]).tracks).toHaveLength(stay);
});

test('a third row that the second one led to is a double too', () => {
  const list = listOf([
    songOf('A', 'One', { isrc: 'AA1' }),
    songOf('A', 'One', { isrc: 'AA1', spotifyUri: 'x' }),
    songOf('Another Name', 'Eins', { spotifyUri: 'x' }),
  ]);
  expect(list.tracks).toHaveLength(1);
});
