import { describe, expect, test } from 'vitest';
import { mediaOf } from '../../src/providers/providers.ts';
import { soundCloudIdOf, soundCloudUrl } from '../../src/providers/soundcloud/links.ts';
import { youtubeIdOf, youtubeUrl } from '../../src/providers/youtube/links.ts';
import { upload, video } from '../helpers/media.ts';
import { parseOverrides, renderOverrides, spotifyUriOf } from '../../src/matching/overrides-csv.ts';

const providers = [
  { name: 'youtube', idOf: youtubeIdOf, url: youtubeUrl },
  { name: 'soundcloud', idOf: soundCloudIdOf, url: soundCloudUrl },
];
const read = (text: string) => parseOverrides(text, (link) => mediaOf(providers, link));

const uri = 'spotify:track:0123456789abcdefghijAB';

describe('decisions as CSV', () => {
  test('come back as they went, with and without a URI', () => {
    const decisions = [
      { track: { artists: ['A'], artist: 'A', track: 'One', spotifyUri: uri }, media: video('aaaaaaaaaaa') },
      { track: { artists: ['B', 'C, D'], artist: 'B, C, D', track: 'Say "two",\nthree' }, media: null },
      {
        track: { artists: [], artist: '', track: 'Alone', isrc: 'QZTST2600001' },
        media: video('-bbbbbbbbbb'),
      },
      { track: { artists: ['D'], artist: 'D', track: 'Four' }, media: upload('d-band/four') },
    ];
    expect(read(renderOverrides(decisions))).toEqual({ decisions, skipped: [] });
  });

  test('need only a Spotify URI or link and a video id or link', () => {
    const { decisions } = read(
      `youtube_id,Spotify_URI\nhttps://youtu.be/aaaaaaaaaaa,https://open.spotify.com/track/${uri.slice(14)}?si=x\nNone,${uri}\n`,
    );
    expect(decisions).toMatchObject([
      { track: { spotifyUri: uri }, media: video('aaaaaaaaaaa') },
      { track: { spotifyUri: uri }, media: null },
    ]);
  });

  test('may name a link of any provider', () => {
    const { decisions } = read(`${uri},https://soundcloud.com/d-band/four?in=x`);
    expect(decisions).toMatchObject([{ media: upload('d-band/four') }]);
  });

  test('may stand without a header', () => {
    expect(read(`${uri},aaaaaaaaaaa`).decisions).toMatchObject([{ track: { spotifyUri: uri } }]);
  });

  test.each([
    [`${uri},`, 'youtube_id isn\'t a video ID, a link or "none"'],
    [`${uri},too-short`, 'youtube_id isn\'t a video ID, a link or "none"'],
    ['spotify:album:0123456789abcdefghijAB,aaaaaaaaaaa', "spotify_uri isn't a track's"],
    [',aaaaaaaaaaa', "it doesn't name a song"],
  ])('leave the row %j out and say why', (row, reason) => {
    const { decisions, skipped } = read(`spotify_uri,youtube_id\n${row}\n${uri},aaaaaaaaaaa\n`);
    expect(skipped).toMatchObject([{ row: 1, reason }]);
    expect(decisions).toHaveLength(1);
  });

  test.each(['', 'some,other,table\n1,2,3', 'Track URI,Track Name\na,b'])('%j is refused', (text) => {
    expect(() => read(text)).toThrow('The CSV has no youtube_id column.');
  });

  test('of broken quotes are refused', () => {
    expect(() => read('spotify_uri,youtube_id\n"a"b,c')).toThrow("HARMONI can't read the CSV");
  });
});

test.each([
  [uri, uri],
  [`https://open.spotify.com/intl-de/track/${uri.slice(14)}`, uri],
  ['spotify:album:0123456789abcdefghijAB', undefined],
  ['Artist - Title', undefined],
])('the track of %j is %j', (text, expected) => {
  expect(spotifyUriOf(text)).toBe(expected);
});

test.each([
  'https://vimeo.com/123',
  'https://www.youtube.com/playlist?list=PLaaaaaaaaaaaa',
  'spotify:track:0123456789abcdefghijAB',
  'nonsense:abc',
  'youtube:tooshort',
  'soundcloud:../../x',
  'soundcloud:artist/sets/one',
])('%s is no decision', (text) => {
  const { decisions, skipped } = read(`youtube_id,isrc\n${text},QZTST2600001\n`);
  expect(decisions).toEqual([]);
  expect(skipped).toHaveLength(1);
});
