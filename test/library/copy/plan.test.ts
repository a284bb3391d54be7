import { expect, test } from 'vitest';
import { encodeCp1252, renderCopyLists } from '../../../src/library/copy/car-text.ts';
import { withoutGain, withVolume } from '../../../src/library/copy/loudness.ts';
import { albumOfList, pathInCopy, planLists, planSongs } from '../../../src/library/copy/plan.ts';
import type { LibrarySong } from '../../../src/library/songs.ts';

function song(title: string, more: Partial<LibrarySong['file']> = {}): LibrarySong {
  const file = { path: `/m/${title}.opus`, sizeBytes: 1, modifiedMs: 0, downloaded: true, ...more };
  return {
    file,
    facts: { title, artist: 'AC/DC', artists: ['AC/DC'], genres: [], isrcs: [], hasCover: false },
    lists: [],
  };
}

test('songs of a playlist are numbered in its order, in names that any disk takes', () => {
  const [one, two] = [song('What?'), song('T.N.T.')];
  const items = planLists([{ name: 'Evening: Best', label: 'Evening - Best', songs: [one, two, one] }]);
  expect(items.map((item) => pathInCopy(item, 'mp3', 1))).toEqual([
    'Evening - Best/01 AC-DC - What.mp3',
    'Evening - Best/02 AC-DC - T.N.T.mp3',
    'Evening - Best/03 AC-DC - What.mp3',
  ]);
  expect(new Set(items.map(({ key }) => key)).size).toBe(3);
  expect(items.map(({ position }) => position)).toEqual([1, 2, 3]);
});

test('a song that lies in two folders is copied once where there are no playlists', () => {
  const media = { provider: 'youtube', id: 'aaaaaaaaaaa' } as const;
  const items = planSongs([song('a', { media }), song('b', { media }), song('c')], '{artist} - {track}');
  expect(items.map((item) => pathInCopy(item, 'mp3', 2))).toEqual(['AC-DC - a (2).mp3', 'AC-DC - c (2).mp3']);
});

test('a playlist is an album of its own, without what else says which album it is', () => {
  const tags = {
    TITLE: ['T'],
    ALBUM: ['Old'],
    TRACKNUMBER: ['3'],
    TRACKTOTAL: ['9'],
    DISCNUMBER: ['1'],
    MUSICBRAINZ_ALBUMID: ['x'],
    REPLAYGAIN_ALBUM_GAIN: ['1 dB'],
    MUSICBRAINZ_TRACKID: ['t'],
  };
  expect(albumOfList(tags, 'Mix', 7)).toEqual({
    TITLE: ['T'],
    ALBUM: ['Mix'],
    ALBUMARTIST: ['Various Artists'],
    COMPILATION: ['1'],
    TRACKNUMBER: ['7'],
    MUSICBRAINZ_TRACKID: ['t'],
  });
});

test.each([
  [
    'Beyoncé – “Halo” €',
    [
      0x42, 0x65, 0x79, 0x6f, 0x6e, 0x63, 0xe9, 0x20, 0x96, 0x20, 0x93, 0x48, 0x61, 0x6c, 0x6f, 0x94, 0x20,
      0x80,
    ],
  ],
  ['椎名林檎', undefined],
  ['Łódź', undefined],
  ['\u0081', undefined],
])('%s in Windows-1252', (text, bytes) => {
  expect(encodeCp1252(text)).toEqual(bytes === undefined ? undefined : Buffer.from(bytes));
});

test('both playlist files name the same songs, the older one in what old players read', () => {
  const entries = [{ fileName: '01 Beyoncé - Halo.mp3', name: 'Beyoncé - Halo', durationMs: 200_400 }];
  const { m3u8, m3u } = renderCopyLists('Mix', entries);
  expect(m3u8.toString()).toBe('#EXTM3U\n#PLAYLIST:Mix\n#EXTINF:200,Beyoncé - Halo\n01 Beyoncé - Halo.mp3\n');
  expect(m3u.toString('latin1')).toBe('#EXTM3U\r\n#EXTINF:200,Beyoncé - Halo\r\n01 Beyoncé - Halo.mp3\r\n');
  const other = renderCopyLists('Mix', [{ fileName: '01 椎名.mp3', name: '椎名', durationMs: undefined }]);
  expect(other.m3u.toString()).toBe('#EXTM3U\r\n#EXTINF:-1,椎名\r\n01 椎名.mp3\r\n');
});

test('the volume joins the filters that the user has', () => {
  const gain = { REPLAYGAIN_TRACK_GAIN: ['-6.20 dB'] };
  expect(withVolume([], gain)).toEqual(['-af', 'volume=-6.20dB']);
  expect(withVolume(['-ar', '44100', '-af', 'bass=g=2'], gain)).toEqual([
    '-ar',
    '44100',
    '-af',
    'bass=g=2,volume=-6.20dB',
  ]);
  expect(withVolume(['-ar', '44100'], {})).toEqual(['-ar', '44100']);
  expect(withoutGain({ ...gain, R128_TRACK_GAIN: ['1'], TITLE: ['T'] })).toEqual({ TITLE: ['T'] });
});
