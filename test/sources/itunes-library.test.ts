import { describe, expect, test } from 'vitest';
import { failureOf } from './failure-of.ts';
import { listsOf, nameOf } from './read-text.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function plistOf(value: unknown): string {
  if (typeof value === 'string') return `<string>${escape(value)}</string>`;
  if (typeof value === 'number') return `<integer>${value}</integer>`;
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (value instanceof Date) return `<date>${value.toISOString().replace('.000', '')}</date>`;
  if (Array.isArray(value)) return `<array>\n${value.map(plistOf).join('\n')}\n</array>`;
  const pairs = Object.entries(value ?? {}).map(([key, one]) => `<key>${escape(key)}</key>${plistOf(one)}`);
  return `<dict>\n\t${pairs.join('\n\t')}\n</dict>`;
}

/** As Apple's programs write it. */
const fileOf = (root: unknown): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n' +
  `<plist version="1.0">\n${plistOf(root)}\n</plist>\n`;

const songs = {
  '101': {
    'Track ID': 101,
    Name: 'Hot & <Cold>',
    Artist: 'Earth, Wind & Fire',
    'Album Artist': 'Earth, Wind & Fire',
    Album: 'Tones',
    Genre: 'Soul',
    Kind: 'MPEG audio file',
    'Total Time': 213_000,
    'Disc Number': 1,
    'Disc Count': 2,
    'Track Number': 3,
    'Track Count': 12,
    Year: 1977,
    BPM: 120,
    'Date Added': new Date('2020-03-14T09:26:53Z'),
    Location: 'file:///Users/me/Music/a%20b.mp3',
  },
  '102': { 'Track ID': 102, Name: 'Lazy', Artist: 'Deep Purple', Explicit: true },
  '103': { 'Track ID': 103, Name: 'Episode 1', Artist: 'Talk', Podcast: true },
  '104': { 'Track ID': 104, Artist: 'Nameless' },
};
const items = (...ids: number[]) => ids.map((id) => ({ 'Track ID': id }));

const library = {
  'Major Version': 1,
  Tracks: songs,
  Playlists: [
    { Master: true, Visible: false, Name: 'Library', 'Playlist Items': items(101, 102, 103, 104) },
    { 'Distinguished Kind': 4, Music: true, Name: 'Music', 'Playlist Items': items(101, 102) },
    { 'Distinguished Kind': 10, Podcasts: true, Name: 'Podcasts', 'Playlist Items': items(103) },
    { Folder: true, Name: 'Folder', 'Playlist Items': items(101, 102) },
    { Name: 'Evening', 'Playlist Items': items(102, 101, 103, 104, 999) },
    { Name: 'Empty' },
    { Name: 'Evening', 'Playlist Items': items(101) },
  ],
};

describe('a file that is no library', () => {
  test.each([
    ['cut off', fileOf(library).slice(0, 2000), 'source-broken', 'L.xml is damaged, or its end is missing.'],
    [
      'cut before its end',
      fileOf(library).slice(0, -10),
      'source-broken',
      'L.xml is damaged, or its end is missing.',
    ],
    [
      'with a tag of no property list',
      fileOf(library).replace('<string>Lazy</string>', '<b>Lazy</b>'),
      'source-broken',
      'L.xml is damaged, or its end is missing.',
    ],
    [
      'of something else',
      fileOf({ Settings: 1 }),
      'source-empty',
      'L.xml has no songs from iTunes or Apple Music.',
    ],
    [
      'with a list at its top',
      fileOf(['a']),
      'source-empty',
      'L.xml has no songs from iTunes or Apple Music.',
    ],
    [
      'of another kind of XML',
      '<?xml version="1.0"?><rss><channel/></rss>',
      'source-empty',
      'L.xml is an XML file, but not a playlist from iTunes or Apple Music.',
    ],
    [
      'a web page in XML',
      '<?xml version="1.0"?><!DOCTYPE html><html></html>',
      'source-empty',
      'L.xml is a saved web page, not a list of songs.',
    ],
    ['without songs', fileOf({ Tracks: {}, Playlists: [] }), 'source-empty', 'L.xml has no songs.'],
  ])('such as one %s is refused with the reason', async (_, content, code, message) => {
    expect(await failureOf(listsOf('L.xml', content))).toMatchObject({ code, message });
  });
});

describe('a library of iTunes or Apple Music', () => {
  test('is a list for each playlist that somebody made, in order', async () => {
    const lists = await listsOf('Library.xml', fileOf(library));
    expect(lists.map(({ name, tracks }) => [name, ...tracks.map(nameOf)])).toEqual([
      ['Evening', 'Deep Purple | Lazy', 'Earth, Wind & Fire | Hot & <Cold>'],
      ['Evening', 'Earth, Wind & Fire | Hot & <Cold>'],
    ]);
    expect(lists[0]?.skipped).toEqual([
      { row: 3, reason: 'a podcast episode', text: 'Talk - Episode 1' },
      { row: 4, reason: 'no title', text: 'Nameless' },
      { row: 5, reason: "the file doesn't say which song this is" },
    ]);
  });

  test('gives all that it knows of a song', async () => {
    const [list] = await listsOf('Library.xml', fileOf(library));
    expect(list?.tracks[1]).toEqual({
      artists: ['Earth, Wind & Fire'],
      artist: 'Earth, Wind & Fire',
      track: 'Hot & <Cold>',
      album: 'Tones',
      albumArtists: ['Earth, Wind & Fire'],
      genres: ['Soul'],
      durationMs: 213_000,
      discNumber: 1,
      discTotal: 2,
      trackNumber: 3,
      trackTotal: 12,
      releaseDate: '1977',
      tempo: 120,
      addedAt: '2020-03-14T09:26:53.000Z',
      extra: { ID: '101', KIND: 'MPEG audio file', LOCATION: 'file:///Users/me/Music/a%20b.mp3' },
    });
    expect(list?.tracks[0]).toMatchObject({ explicit: true });
  });

  test('without playlists of its own is one list of all songs, under the name of the file', async () => {
    const root = { ...library, Playlists: library.Playlists.slice(0, 4) };
    const lists = await listsOf('My Library.xml', fileOf(root));
    expect(lists.map(({ name, tracks }) => [name, tracks.length])).toEqual([['My Library', 2]]);
  });

  test('is known under any name', async () => {
    expect(await listsOf('Evening', fileOf(library))).toHaveLength(2);
  });

  test('cannot reach the prototype of what is read', async () => {
    const text = fileOf(library).replaceAll('<key>Explicit</key>', '<key>__proto__</key>');
    const [list] = await listsOf('Library.xml', text);
    expect(list?.tracks[0]).toMatchObject({ track: 'Lazy', artist: 'Deep Purple' });
    expect({}).not.toHaveProperty('Explicit');
  });
});
