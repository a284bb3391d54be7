import { describe, expect, test } from 'vitest';
import { layoutPresets, templateOfBefore } from '../../src/config/layouts.ts';
import { namePartsOf } from '../../src/downloads/file-names.ts';
import { albumFolderOf, isNamedFor, layoutOf } from '../../src/downloads/layout.ts';
import type { Track } from '../../src/tracks/track.ts';

const track: Track = {
  artists: ['Amber', 'Guest'],
  artist: 'Amber, Guest',
  track: 'Waltz',
  album: 'Tones',
  albumArtists: ['Various'],
  trackNumber: 3,
};
const bare: Track = { artists: ['Amber'], artist: 'Amber', track: 'Waltz' };

describe('a list whose template', () => {
  test.each([
    ['{list}/{artist} - {track}', 'folder', 'Mix', 'Mix'],
    ['{list}/{artist}/{album}/{track}', 'folder', 'Mix', 'Mix'],
    ['Music/{list}/{track}', 'folder', 'Music/Mix', 'Music/Mix'],
    ['/Music//{list} (songs)/{track}', 'folder', 'Music/Mix (songs)', 'Music/Mix (songs)'],
    ['{list}/{list} - {track}', 'folder', 'Mix', 'Mix'],
    ['{albumArtist}/{list}/{track}', 'apart', '', 'Playlists'],
    ['{year} {list}/{track}', 'apart', '', 'Playlists'],
    ['{artist} - {track} ({list})', 'apart', '', 'Playlists'],
    ['{list}', 'apart', '', 'Playlists'],
    ['{artist} - {track}', 'shared', '', 'Playlists'],
    ['{albumArtist}/{album}/{number} - {track}', 'shared', '', 'Playlists'],
    ['list/{track}', 'shared', '', 'Playlists'],
  ])(
    'is %s has the layout "%s", with the folder "%s" and its m3u8 in "%s"',
    (template, kind, folder, m3u8) => {
      const layout = layoutOf(template, 'Mix');
      expect(layout.kind).toBe(kind);
      expect(layout.folder.join('/')).toBe(folder);
      expect(layout.playlistFolder.join('/')).toBe(m3u8);
    },
  );
});

test('songs that belong to no list have one place, whatever the template', () => {
  for (const template of ['{list}/{track}', '{artist}/{list}/{track}', '{track}']) {
    expect(layoutOf(template, undefined)).toMatchObject({ kind: 'shared', folder: [] });
  }
});

test.each([
  ['{list}/{artist} - {track}', 'Mix/Amber, Guest - Waltz', 'Amber, Guest - Waltz'],
  ['{albumArtist}/{list}/{track}', 'Various/Mix/Waltz', 'Various/Waltz'],
  ['{ list }/{list} /{track}', '{ list }/Mix/Waltz', '{ list }/Waltz'],
  ['{list} songs/{track}', 'Mix songs/Waltz', 'songs/Waltz'],
  ['{artist} - {track} ({list})', 'Amber, Guest - Waltz (Mix)', 'Amber, Guest - Waltz'],
  ['{list} - {track}', 'Mix - Waltz', 'Waltz'],
  ['{list}', 'Mix', 'Unknown'],
])('%s names a song of a list %s, and one of no list %s', (template, inList, single) => {
  expect(namePartsOf(template, track, 'Mix', 'mp3').join('/')).toBe(inList);
  expect(namePartsOf(template, track, undefined, 'mp3').join('/')).toBe(single);
});

describe('a preset', () => {
  const [folders, albums, flat] = layoutPresets.map(({ template }): string => template);

  test.each([
    [folders, track, 'Mix/Amber, Guest - Waltz'],
    [folders, bare, 'Mix/Amber - Waltz'],
    [albums, track, 'Various/Tones/03 - Waltz'],
    // The video knows the album of most songs whose source does not.
    [albums, bare, 'Amber/Unknown/Waltz'],
    [flat, track, 'Amber, Guest - Waltz'],
    [flat, bare, 'Amber - Waltz'],
  ])('%s files %o', (template = '', song, path) => {
    expect(namePartsOf(template, song, 'Mix', 'mp3').join('/')).toBe(path);
  });
});

test.each([
  ['{artist} - {track}', '{list}/{artist} - {track}'],
  ['{artist}/{track}', '{list}/{artist}/{track}'],
  ['/{track}', '{list}//{track}'],
  ['{list}/{track}', '{list}/{track}'],
  ['{artist}/{list}/{track}', '{artist}/{list}/{track}'],
])('the template %s of HARMONI 2.0 is %s', (before, today) => {
  expect(templateOfBefore(before)).toBe(today);
  expect(templateOfBefore(today)).toBe(today);
});

describe('a file in a library where the template names the list somewhere', () => {
  test.each([
    ['{albumArtist}/{list}/{track}', 'Various/Mix/Waltz.mp3', true],
    ['{albumArtist}/{list}/{track}', 'Various/Mix/renamed by hand.mp3', true],
    ['{albumArtist}/{list}/{track}', 'Another/Mix/Waltz.mp3', true],
    ['{albumArtist}/{list}/{track}', 'Various/Mix (2)/Waltz.mp3', false],
    ['{albumArtist}/{list}/{track}', 'Mix/Amber - Waltz.mp3', false],
    ['{artist} - {track} ({list})', 'Amber, Guest - Waltz (Mix).mp3', true],
    ['{artist} - {track} ({list})', 'Amber, Guest - Waltz (Mix) (2).mp3', true],
    ['{artist} - {track} ({list})', 'Amber, Guest - Waltz (Rock).mp3', false],
    ['{artist} - {track} ({list})', 'Amber, Guest - Waltz.mp3', false],
    ['{list}', 'Mix (3).mp3', true],
    ['{list}', 'Amber - Waltz.mp3', false],
  ])('(%s) %s is of the list: %s', (template, path, isOfList) => {
    expect(isNamedFor(template, 'Mix', track, path.split('/'))).toBe(isOfList);
  });

  test('is known where the video knew the artist or the album and the source did not', () => {
    const template = '{album} ({list})/{track}';
    expect(isNamedFor(template, 'Mix', bare, ['Tones (Mix)', 'Waltz.mp3'])).toBe(true);
    expect(isNamedFor(template, 'Mix', bare, ['Tones (Rock)', 'Waltz.mp3'])).toBe(false);
    expect(isNamedFor(template, 'Mix', track, ['Other (Mix)', 'Waltz.mp3'])).toBe(false);
  });
});

describe('the folder of an album', () => {
  test.each([
    ['{albumArtist}/{album}/{number} - {track}', 'Various/Tones'],
    ["{albumArtist}/{album|'Singles'}/[{discOfSeveral}-]{number} {title}", 'Various/Tones'],
    ['{list}/{year} {album}/{track}', 'Mix/Tones'],
    ['{album}/{format}/{track}', undefined],
    ['{album}/{track}', 'Tones'],
    ['{albumArtist|album}/{track}', undefined],
    ['{album:left(1)}/{track}', undefined],
    ['{artist}/{album} - {track}', undefined],
    ['{artist} - {track}', undefined],
  ])('of %s is %s', (template, folder) => {
    expect(albumFolderOf(template, track, 'Mix', 'mp3')?.join('/')).toBe(folder);
    expect(albumFolderOf(template, bare, 'Mix', 'mp3')).toBeUndefined();
  });
});
