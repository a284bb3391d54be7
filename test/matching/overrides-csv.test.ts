import { describe, expect, test } from 'vitest';
import { parseOverrides, renderOverrides, spotifyUriOf } from '../../src/matching/overrides-csv.ts';

const uri = 'spotify:track:0123456789abcdefghijAB';

describe('decisions as CSV', () => {
  test('come back as they went, with and without a URI', () => {
    const decisions = [
      { track: { artists: ['A'], artist: 'A', track: 'One', spotifyUri: uri }, videoId: 'aaaaaaaaaaa' },
      { track: { artists: ['B', 'C, D'], artist: 'B, C, D', track: 'Say "two",\nthree' }, videoId: null },
      { track: { artists: [], artist: '', track: 'Alone', isrc: 'QZTST2600001' }, videoId: '-bbbbbbbbbb' },
    ];
    expect(parseOverrides(renderOverrides(decisions))).toEqual({ decisions, skipped: [] });
  });

  test('need only a Spotify URI or link and a video id or link', () => {
    const { decisions } = parseOverrides(
      `youtube_id,Spotify_URI\nhttps://youtu.be/aaaaaaaaaaa,https://open.spotify.com/track/${uri.slice(14)}?si=x\nNone,${uri}\n`,
    );
    expect(decisions).toMatchObject([
      { track: { spotifyUri: uri }, videoId: 'aaaaaaaaaaa' },
      { track: { spotifyUri: uri }, videoId: null },
    ]);
  });

  test('may stand without a header', () => {
    expect(parseOverrides(`${uri},aaaaaaaaaaa`).decisions).toMatchObject([{ track: { spotifyUri: uri } }]);
  });

  test.each([
    [`${uri},`, 'youtube_id is neither a video id or link nor "none"'],
    [`${uri},too-short`, 'youtube_id is neither a video id or link nor "none"'],
    ['spotify:album:0123456789abcdefghijAB,aaaaaaaaaaa', 'spotify_uri is not of a track'],
    [',aaaaaaaaaaa', 'it names no track'],
  ])('leave the row %j out and say why', (row, reason) => {
    const { decisions, skipped } = parseOverrides(`spotify_uri,youtube_id\n${row}\n${uri},aaaaaaaaaaa\n`);
    expect(skipped).toMatchObject([{ row: 1, reason }]);
    expect(decisions).toHaveLength(1);
  });

  test.each(['', 'some,other,table\n1,2,3', 'Track URI,Track Name\na,b'])('%j is refused', (text) => {
    expect(() => parseOverrides(text)).toThrow('The CSV has no column youtube_id.');
  });

  test('of broken quotes are refused', () => {
    expect(() => parseOverrides('spotify_uri,youtube_id\n"a"b,c')).toThrow('The CSV cannot be read');
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
