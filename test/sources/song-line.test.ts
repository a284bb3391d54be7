import { describe, expect, test } from 'vitest';
import { readSongLine } from '../../src/sources/song-line.ts';

const video = { provider: 'youtube', id: 'fJ9rUzIMcZQ' };
const spotify = 'spotify:track:2fuCquhmrzHpu5xcA1ci9x';

describe('a line that is no song', () => {
  test.each([
    ['', 'no title'],
    ['----------', 'no title'],
    ['...', 'no title'],
    [' \u0000 ', 'no title'],
    ['https://music.apple.com/us/playlist/mix/pl.u-1', "a link to Apple Music, which HARMONI can't read"],
    ['music.apple.com/us/album/1', "a link to Apple Music, which HARMONI can't read"],
    ['https://www.deezer.com/track/1', "a link to Deezer, which HARMONI can't read"],
    ['https://tidal.com/browse/track/1', "a link to Tidal, which HARMONI can't read"],
    ['x'.repeat(501), 'too long to be a song'],
  ])('such as %j says why', (line, reason) => {
    const read = readSongLine(line);
    expect('skipped' in read ? read.skipped.reason : undefined).toBe(reason);
  });
});

describe('a song', () => {
  test.each([
    ['Queen - Bohemian Rhapsody', ['Queen'], 'Bohemian Rhapsody'],
    ['  Queen – Bohemian Rhapsody – Remastered 2011 ', ['Queen'], 'Bohemian Rhapsody – Remastered 2011'],
    ['Queen;David Bowie - Under Pressure', ['Queen', 'David Bowie'], 'Under Pressure'],
    ['Queen\tBohemian Rhapsody', ['Queen'], 'Bohemian Rhapsody'],
    ['- Queen - Bohemian Rhapsody', ['Queen'], 'Bohemian Rhapsody'],
    ['• Lazy', [], 'Lazy'],
    ['"Queen - Bohemian Rhapsody"', ['Queen'], 'Bohemian Rhapsody'],
    ['Bohemian Rhapsody', [], 'Bohemian Rhapsody'],
    ['AC/DC - T.N.T.', ['AC/DC'], 'T.N.T.'],
    ['Jay-Z - 4:44', ['Jay-Z'], '4:44'],
    ['Sigur Rós - ( )', ['Sigur Rós'], '( )'],
    ['liked', [], 'liked'],
  ])('%j', (line, artists, track) => {
    expect(readSongLine(line)).toEqual({ track: { artists, artist: artists.join(', '), track } });
  });

  test('may have its length behind it', () => {
    expect(readSongLine('Queen - Bohemian Rhapsody (5:54)')).toEqual({
      track: { artists: ['Queen'], artist: 'Queen', track: 'Bohemian Rhapsody', durationMs: 354_000 },
    });
    expect(readSongLine('Queen - Bohemian Rhapsody\t[1:05:54]')).toMatchObject({
      track: { track: 'Bohemian Rhapsody', durationMs: 3_954_000 },
    });
  });
});

describe('a link', () => {
  test.each([
    ['https://www.youtube.com/watch?v=fJ9rUzIMcZQ', 'https://www.youtube.com/watch?v=fJ9rUzIMcZQ'],
    ['youtu.be/fJ9rUzIMcZQ?si=abc', 'https://www.youtube.com/watch?v=fJ9rUzIMcZQ'],
    [
      '<https://music.youtube.com/watch?v=fJ9rUzIMcZQ&list=RD1>,',
      'https://www.youtube.com/watch?v=fJ9rUzIMcZQ',
    ],
  ])('to a video is that video, named by its address: %s', (line, track) => {
    expect(readSongLine(line)).toEqual({ track: { artists: [], artist: '', track, media: video } });
  });

  test('to an upload on SoundCloud is that upload', () => {
    expect(readSongLine('https://soundcloud.com/the-tones/first-tone?in=x')).toEqual({
      track: {
        artists: [],
        artist: '',
        track: 'https://soundcloud.com/the-tones/first-tone',
        media: { provider: 'soundcloud', id: 'the-tones/first-tone' },
      },
    });
  });

  test.each([
    'Queen - Bohemian Rhapsody https://youtu.be/fJ9rUzIMcZQ',
    'https://youtu.be/fJ9rUzIMcZQ | Queen - Bohemian Rhapsody',
    'Queen - Bohemian Rhapsody: <https://youtu.be/fJ9rUzIMcZQ>',
  ])('beside a name belongs to that song: %s', (line) => {
    expect(readSongLine(line)).toEqual({
      track: { artists: ['Queen'], artist: 'Queen', track: 'Bohemian Rhapsody', media: video },
    });
  });

  test('of Spotify beside a name is followed by nobody', () => {
    const song = { artists: ['Queen'], artist: 'Queen', track: 'Under Pressure', spotifyUri: spotify };
    expect(readSongLine(`${spotify} Queen - Under Pressure`)).toEqual({ track: song });
    expect(
      readSongLine(
        'Queen - Under Pressure - https://open.spotify.com/intl-de/track/2fuCquhmrzHpu5xcA1ci9x?si=1',
      ),
    ).toEqual({ track: song });
  });

  test('of another service beside a name is left out', () => {
    expect(readSongLine('Queen - Under Pressure https://tidal.com/track/1')).toEqual({
      track: { artists: ['Queen'], artist: 'Queen', track: 'Under Pressure' },
    });
  });

  test.each([
    spotify,
    'https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M',
    'https://www.youtube.com/playlist?list=PLharmoniDemoPlaylist',
    'https://soundcloud.com/the-tones/sets/all',
    'https://example.com/song',
  ])('that only its service can read is left to it: %s', (line) => {
    expect(readSongLine(line)).toEqual({ link: line });
  });
});
