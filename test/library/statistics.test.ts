import { expect, test } from 'vitest';
import { growthOf } from '../../src/library/growth.ts';
import { bitrateRange, codecName } from '../../src/library/statistic-fields.ts';
import { countLibrary } from '../../src/library/statistics.ts';
import type { Verdict } from '../../src/tracks/heard.ts';
import { countedSong as song } from '../views/sample-library.ts';

test('an empty library is counted too', () => {
  expect(countLibrary([], [], [])).toMatchObject({
    ...{ songs: 0, links: 0, sizeBytes: 0, formats: [], decades: [], growth: [], topArtists: [] },
    doubles: { songs: 0, files: 0, wastedBytes: 0 },
  });
});

test('spellings that fold alike are one artist, under the name that most songs have', () => {
  const names = ['Sigur Ros', 'Sigur Rós', 'Sigur Rós', 'Björk'];
  const found = countLibrary(
    names.map((name, index) => song({ artists: [name], track: `T${index}` })),
    [],
    [],
  );
  expect(found.topArtists.map(({ name, songs }) => [name, songs])).toEqual([
    ['Sigur Rós', 3],
    ['Björk', 1],
  ]);
  expect(found.artists).toBe(2);
});

test('a genre that a song has twice counts once, and each of several counts', () => {
  const one = song({ track: 'A' }, { facts: { genres: ['Rock', 'rock', 'Dub'] } });
  expect(countLibrary([one], [], []).topGenres.map(({ name, songs }) => [name, songs])).toEqual([
    ['Dub', 1],
    ['Rock', 1],
  ]);
});

test('an album is told by its artist and its name', () => {
  const album = (artist: string, name: string, track: string) =>
    song({ artists: [artist], track }, { facts: { album: name } });
  const found = countLibrary(
    [album('A', 'One', '1'), album('A', 'one', '2'), album('B', 'One', '3')],
    [],
    [],
  );
  expect(found.topAlbums.map(({ name, songs }) => [name, songs])).toEqual([
    ['A - One', 2],
    ['B - One', 1],
  ]);
  expect(found.albums).toBe(2);
});

test('a file that has several places by links counts once, and another disk with the same numbers of none does not', () => {
  const linked = { inode: '77', sizeBytes: 500 };
  const unknown = { inode: '0', sizeBytes: 500 };
  const found = countLibrary(
    [linked, linked, unknown, unknown].map((file, index) =>
      song({ track: 'Same', durationMs: 1_000_000 * (index + 1) }, { file }),
    ),
    [],
    [],
  );
  expect(found).toMatchObject({ songs: 3, links: 1, sizeBytes: 1_500 });
});

test('doubles are the same song by identity, and cost all but the largest file', () => {
  const found = countLibrary(
    [
      song({ track: 'One', durationMs: 200_000 }, { file: { sizeBytes: 10 } }),
      song({ track: 'One', durationMs: 202_000 }, { file: { sizeBytes: 30 } }),
      song({ track: 'Uno', isrc: 'ZZTST1900001' }, { file: { sizeBytes: 5 } }),
      song({ track: 'Other name', isrc: 'ZZTST1900001' }, { file: { sizeBytes: 4 } }),
      // Another length, another version, a file that isn't whole.
      song({ track: 'One', durationMs: 400_000 }, { file: { sizeBytes: 100 } }),
      song({ track: 'One (Live)', durationMs: 200_000 }, { file: { sizeBytes: 100 } }),
      song({ track: 'One', durationMs: 200_000 }, { file: { sizeBytes: 100, fault: 'it is cut off' } }),
    ],
    [],
    [],
  );
  expect(found.doubles).toEqual({ songs: 2, files: 4, wastedBytes: 14 });
  expect(found.broken).toBe(1);
});

test('years are those of the first release, and decades are in order', () => {
  const dates = [
    { date: '2015-01-01', originalDate: '1968' },
    { date: '1997-05' },
    { date: '0000' },
    {},
    { date: '1999' },
  ];
  const found = countLibrary(
    dates.map((facts, index) => song({ track: `T${index}` }, { facts })),
    [],
    [],
  );
  expect(found.decades.map(({ name, songs }) => [name, songs])).toEqual([
    ['1960s', 1],
    ['1990s', 2],
  ]);
  expect(found.years).toEqual([
    { year: 1968, songs: 1 },
    { year: 1997, songs: 1 },
    { year: 1999, songs: 1 },
  ]);
  expect(found).toMatchObject({ oldest: { name: 'Air - T0', year: 1968 }, newest: { year: 1999 } });
});

test('a playlist has songs, waits for some and lacks others', () => {
  const track = song({ track: 'A' }).track;
  const rows = (['new', 'unsure', 'none', 'failed', 'broken'] as const).map((status) => ({
    track,
    lack: { status, reason: '' },
  }));
  const list = { name: 'Mix', isFollowed: true, rows: [{ track }, ...rows] };
  expect(countLibrary([], [list], []).lists).toEqual([
    { name: 'Mix', isFollowed: true, songs: 6, have: 1, waiting: 2, missing: 3 },
  ]);
});

test('the months of growth have no gaps', () => {
  const at = (year: number, month: number) => ({ addedAtMs: new Date(year, month - 1, 15).getTime() });
  expect(growthOf([at(2026, 2), at(2025, 11), at(2026, 2)])).toEqual([
    { month: '2025-11', added: 1, total: 1 },
    { month: '2025-12', added: 0, total: 1 },
    { month: '2026-01', added: 0, total: 1 },
    { month: '2026-02', added: 2, total: 3 },
  ]);
  expect(growthOf([{ addedAtMs: Number.NaN }])).toEqual([]);
});

test('a clock that was wrong makes no page of a million months', () => {
  const growth = growthOf([{ addedAtMs: -8e15 }, { addedAtMs: Date.UTC(2026, 1, 15) }]);
  expect(growth.length).toBeLessThan(800);
  expect(growth.at(-1)).toMatchObject({ total: 2 });
});

test.each([
  ['MPEG 1 Layer 3', 'MP3'],
  ['MPEG 2 Layer 3', 'MP3'],
  ['MPEG-4/AAC', 'AAC'],
  ['Vorbis I', 'Vorbis'],
  ['Opus', 'Opus'],
  [undefined, 'unknown'],
])('the codec %s is %s', (codec, name) => {
  expect(codecName(codec)).toBe(name);
});

test.each([
  [320, false, '256 kbit/s and more'],
  [128, false, '128 to 191 kbit/s'],
  [127, false, '96 to 127 kbit/s'],
  [undefined, false, 'unknown'],
  [900, true, 'lossless'],
])('%s kbit/s (lossless: %s) is %s', (bitrateKbps, isLossless, range) => {
  const file = bitrateKbps === undefined ? {} : { bitrateKbps };
  expect(bitrateRange(song({ track: 'A' }, { file, facts: { isLossless } }))).toBe(range);
});

test('what was heard is counted where anything was, and a song that was never heard is not checked', () => {
  const heard = (verdict?: Verdict) =>
    song({ track: verdict ?? 'A' }, verdict === undefined ? {} : { facts: { heard: { verdict } } });
  expect(countLibrary([heard(), heard('unchecked')], [], []).heard).toBeUndefined();
  expect(countLibrary([heard(), heard('proven'), heard('different')], [], []).heard).toEqual({
    proven: 1,
    doubtful: 0,
    different: 1,
    unchecked: 1,
  });
});
