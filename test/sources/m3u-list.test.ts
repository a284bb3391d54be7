import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFile } from '../../src/sources/list-file.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { failureOf } from './failure-of.ts';
import { listOf, nameOf } from './read-text.ts';

const { signal } = new AbortController();

describe('an m3u that has no songs', () => {
  test.each([
    ['nothing but its header', '#EXTM3U\n#PLAYLIST:Mix\n', 'Mix.m3u has no songs.'],
    ['only comments', '# hello\n#EXTINF:12,\n#EXTGRP:Rock\n', 'Mix.m3u has no songs.'],
    ['binary data', Buffer.alloc(500, 1), "Mix.m3u isn't a text file: it contains binary data."],
    [
      'streams without names',
      '#EXTM3U\nhttp://radio.example.com/live\n',
      "Mix.m3u has no songs. Its only row is: HARMONI can't read http://radio.example.com/live. (1).",
    ],
  ])('but %s is refused with the reason', async (_, content, message) => {
    expect(await failureOf(listOf('Mix.m3u', content))).toMatchObject({ message });
  });
});

describe('an m3u', () => {
  test.each([
    [
      'by #EXTINF',
      '#EXTM3U\n#EXTINF:354,Queen - Bohemian Rhapsody\nC:\\Music\\x.mp3\n',
      { artist: 'Queen', track: 'Bohemian Rhapsody', durationMs: 354_000 },
    ],
    [
      'by #EXTINF without a length',
      '#EXTM3U\n#EXTINF:-1,Queen - Bohemian Rhapsody\nx.mp3\n',
      { artist: 'Queen', track: 'Bohemian Rhapsody' },
    ],
    [
      'by #EXTINF with attributes',
      '#EXTM3U\n#EXTINF:354 genre="Rock" isrc="GBAYE7200071",Queen - Bohemian Rhapsody\nx.mp3\n',
      {
        artist: 'Queen',
        track: 'Bohemian Rhapsody',
        durationMs: 354_000,
        genres: ['Rock'],
        isrc: 'GBAYE7200071',
      },
    ],
    [
      'with the lines about album and artist',
      '#EXTM3U\n#EXTALB:A Night, a Day\n#EXTART:Queen\n#EXTGENRE:Rock\n#EXTINF:354,Queen - Lazy\nx.mp3\n',
      {
        artist: 'Queen',
        track: 'Lazy',
        album: 'A Night, a Day',
        albumArtists: ['Queen'],
        genres: ['Rock'],
        durationMs: 354_000,
      },
    ],
    [
      'also where no file follows',
      '#EXTM3U\n#EXTINF:354,Queen - Lazy\n#EXTINF:1,\n',
      { artist: 'Queen', track: 'Lazy', durationMs: 354_000 },
    ],
    ['by the name of the file', 'Music/01 - Queen - Lazy.mp3\n', { artist: 'Queen', track: 'Lazy' }],
    [
      'by a name with backslashes',
      '..\\Queen\\07. Queen - Lazy.flac\r\n',
      { artist: 'Queen', track: 'Lazy' },
    ],
    ['by a title alone', '/music/Lazy.opus\n', { artist: '', track: 'Lazy' }],
    [
      'by the name in an address of a file',
      'file:///music/Queen%20-%20Lazy.mp3\n',
      { artist: 'Queen', track: 'Lazy' },
    ],
    [
      'with a video',
      '#EXTM3U\n#EXTINF:354,Queen - Lazy\nhttps://www.youtube.com/watch?v=fJ9rUzIMcZQ\n',
      {
        artist: 'Queen',
        track: 'Lazy',
        durationMs: 354_000,
        media: { provider: 'youtube', id: 'fJ9rUzIMcZQ' },
      },
    ],
    [
      'with a track of Spotify',
      '#EXTM3U\n#EXTINF:354,Queen - Lazy\nspotify:track:2fuCquhmrzHpu5xcA1ci9x\n',
      {
        artist: 'Queen',
        track: 'Lazy',
        durationMs: 354_000,
        spotifyUri: 'spotify:track:2fuCquhmrzHpu5xcA1ci9x',
      },
    ],
    [
      'with a stream that has a name',
      '#EXTM3U\n#EXTINF:354,Queen - Lazy\nhttps://music.example.com/x.mp3\n',
      { artist: 'Queen', track: 'Lazy', durationMs: 354_000 },
    ],
  ])('is read %s', async (_, content, track) => {
    const list = await listOf('Mix.m3u8', content);
    expect(list.skipped).toEqual([]);
    expect(list.tracks).toEqual([{ ...track, artists: track.artist === '' ? [] : [track.artist] }]);
  });

  test('has the name that #PLAYLIST gives it, and the order of its lines', async () => {
    const list = await listOf(
      'x.m3u8',
      '\ufeff#EXTM3U\r\n#EXTENC:UTF-8\r\n#PLAYLIST:Sigur R\u00f3s & more\r\n#EXTINF:1,B - Two\r\nb.mp3\r\n\r\nA - One.mp3\r\n',
    );
    expect(list.name).toBe('Sigur Rós & more');
    expect(list.tracks.map(nameOf)).toEqual(['B | Two', 'A | One']);
  });

  test('in Windows-1252 keeps its accents', async () => {
    const list = await listOf(
      'x.m3u',
      Buffer.from('#EXTM3U\n#EXTINF:1,Beyonc\u00e9 - Halo\nx.mp3\n', 'latin1'),
    );
    expect(list.tracks.map(nameOf)).toEqual(['Beyoncé | Halo']);
  });
});

describe('the files that an m3u names', () => {
  test('say by their tags what they are, and stay as they are', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'songs'));
    const song = join(root, 'songs', 'track 1.mp3');
    writeFileSync(
      song,
      taggedMp3({
        TIT2: 'Lazy',
        TPE1: 'Deep Purple',
        TALB: 'Machine Head',
        TRCK: '5/7',
        TPOS: '1/2',
        TDRC: '1972-03-25',
        TCON: 'Rock',
        TSRC: 'GBAYE7200071',
        TPUB: 'Tones',
      }),
    );
    const before = {
      bytes: readFileSync(song),
      ...statSync(song, { bigint: true }),
      atimeNs: 0n,
      atimeMs: 0n,
      atime: 0,
    };
    writeFileSync(
      join(root, 'Mix.m3u8'),
      '#EXTM3U\n#EXTGENRE:Other\n#EXTINF:442,wrong - name\nsongs/track 1.mp3\n',
    );
    const [list] = await listFile.read(join(root, 'Mix.m3u8'), { signal });
    expect(list?.tracks).toMatchObject([
      {
        artists: ['Deep Purple'],
        artist: 'Deep Purple',
        track: 'Lazy',
        album: 'Machine Head',
        trackNumber: 5,
        trackTotal: 7,
        discNumber: 1,
        discTotal: 2,
        releaseDate: '1972-03-25',
        genres: ['Rock'],
        isrc: 'GBAYE7200071',
        label: 'Tones',
      },
    ]);
    const after = {
      bytes: readFileSync(song),
      ...statSync(song, { bigint: true }),
      atimeNs: 0n,
      atimeMs: 0n,
      atime: 0,
    };
    expect(after).toEqual(before);
  });

  test('that are no sound, or never end, are known by what the list says', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'notes.mp3'), 'no sound');
    execFileSync('mkfifo', [join(root, 'fifo.mp3')]);
    writeFileSync(
      join(root, 'Mix.m3u'),
      '#EXTM3U\n#EXTINF:1,A - One\nnotes.mp3\n#EXTINF:2,B - Two\nfifo.mp3\n/dev/zero\n.\n',
    );
    const [list] = await listFile.read(join(root, 'Mix.m3u'), { signal });
    expect(list?.tracks.map(nameOf)).toEqual(['A | One', 'B | Two', ' | zero']);
    expect(list?.skipped).toEqual([{ row: 4, reason: 'no title', text: '.' }]);
  });
});

/** An ID3v2.4 tag and no sound behind it. */
function taggedMp3(frames: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.concat(
    Object.entries(frames).map(([id, text]) => {
      const data = Buffer.concat([Buffer.from([3]), Buffer.from(text)]);
      return Buffer.concat([Buffer.from(id), sync(data.length), Buffer.from([0, 0]), data]);
    }),
  );
  return Buffer.concat([Buffer.from('ID3\u0004\0\0'), sync(body.length), body]);
}

/** A number in 4 bytes of 7 bits. */
const sync = (size: number): Buffer => Buffer.from([21, 14, 7, 0].map((bits) => (size >> bits) & 0x7f));
