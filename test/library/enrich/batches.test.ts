import { expect, test } from 'vitest';
import { albumBatches, onePerFile } from '../../../src/library/enrich/batches.ts';
import type { LibrarySong } from '../../../src/library/songs.ts';

const song = (path: string, album?: string, albumArtist = 'A'): LibrarySong => ({
  file: { path, sizeBytes: 1, modifiedMs: 1, downloaded: true },
  facts: {
    ...(album === undefined ? {} : { album, albumArtist }),
    artists: ['A'],
    genres: [],
    isrcs: [],
    hasCover: false,
  },
  lists: [],
});

const shown = (batches: ReturnType<typeof albumBatches>): string =>
  batches
    .map((batch) => batch.map((album) => album.map(({ file }) => file.path).join('')).join(' '))
    .join(' | ');

test('the names of one file are one song, known by a name that is meant', () => {
  const named = (path: string, inode?: string): LibrarySong => {
    const one = song(path);
    return { ...one, file: { ...one.file, ...(inode === undefined ? {} : { inode }) } };
  };
  const all = [named('a', '7'), named('b', '7'), named('c', '8'), named('d'), named('e')];
  expect(onePerFile(all, ({ file }) => file.path === 'b').map(({ file }) => file.path)).toEqual([
    'b',
    'c',
    'd',
    'e',
  ]);
});

test('albums of the songs that are meant come whole, and are never torn apart', () => {
  const all = [
    song('a', 'One'),
    song('b', 'one'),
    song('c', 'One', 'B'),
    song('d'),
    song('e'),
    song('f', 'Two'),
  ];
  expect(shown(albumBatches(all, () => true, 3))).toBe('ab c | d e f');
  expect(shown(albumBatches(all, () => true, 1))).toBe('ab | c | d | e | f');
  expect(shown(albumBatches(all, ({ file }) => file.path === 'b', 3))).toBe('ab');
  expect(albumBatches(all, () => false, 3)).toEqual([]);
});
