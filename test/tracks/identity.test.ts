import { describe, expect, test } from 'vitest';
import {
  dropDoubles,
  fileNameKeys,
  nameKey,
  sameTrack,
  tagKeys,
  trackKeys,
} from '../../src/tracks/identity.ts';
import type { Track } from '../../src/tracks/track.ts';

function track(artists: readonly string[], title: string, more: Partial<Track> = {}): Track {
  return { artists, artist: artists.join(', '), track: title, ...more };
}

describe('the keys of a track', () => {
  test('come strongest first', () => {
    const keys = trackKeys(
      track(['AC/DC'], 'T.N.T.', { spotifyUri: 'spotify:track:1', isrc: 'auap07500026' }),
    );
    expect(keys).toEqual(['uri:spotify:track:1', 'isrc:AUAP07500026', 'name:acdc|tnt|']);
  });

  test('of several artists hold the main one and all of them', () => {
    expect(trackKeys(track(['Rihanna', 'Drake'], 'Work'))).toEqual([
      'name:rihanna|work|',
      'name:rihannadrake|work|',
    ]);
  });

  test('of a video without a known artist are the video alone', () => {
    expect(trackKeys(track([], 'Intro', { media: { provider: 'youtube', id: 'abcdefghijk' } }))).toEqual([
      'youtube:abcdefghijk',
    ]);
  });
});

describe('the same track', () => {
  test.each([
    ['by URI', { spotifyUri: 'spotify:track:1' }, { spotifyUri: 'spotify:track:1' }],
    ['by ISRC in any case and with hyphens', { isrc: 'USRC11602929' }, { isrc: 'us-rc1-16-02929' }],
  ])('%s', (_, a, b) => {
    expect(sameTrack(track(['A'], 'One', a), track(['B'], 'Two', b))).toBe(true);
  });

  test.each([
    ['Sigur Rós', 'Hoppípolla', 'Sigur Ros', 'Hoppipolla'],
    ['P!nk', 'So What', 'Pink', 'So what'],
    ['The Beatles', 'Help!', 'Beatles', 'Help'],
    ['椎名林檎', '本能', '椎名林檎', '本能'],
    ['Lost Kings', 'Bad (feat. Jessame)', 'Lost Kings', 'Bad'],
    ['Halsey', 'Ghost - Lost Kings Remix', 'Halsey', 'Ghost (Lost Kings Remix)'],
  ])('%s - %s is %s - %s', (artistA, titleA, artistB, titleB) => {
    expect(sameTrack(track([artistA], titleA), track([artistB], titleB))).toBe(true);
  });

  test.each([
    ['A', 'Song', 'A', 'Song (Live)'],
    ['A', 'Song', 'A', 'Song - Remastered 2011'],
    ['A', 'Song (B Remix)', 'A', 'Song (C Remix)'],
    ['A', 'Song, Pt. 1', 'A', 'Song, Pt. 2'],
    ['A', 'Song - Live in Paris', 'A', 'Song - Live at Wembley'],
    ['A', 'Song', 'B', 'Song'],
    ['!!!', 'Song', '+/-', 'Song'],
  ])('is not %s - %s and %s - %s', (artistA, titleA, artistB, titleB) => {
    expect(sameTrack(track([artistA], titleA), track([artistB], titleB))).toBe(false);
  });

  test.each<[string, Partial<Track>, Partial<Track>, boolean]>([
    ['no more is known', {}, {}, true],
    ['the ISRC is one', { isrc: 'GBUM71029604' }, { isrc: 'gb-um7-10-29604' }, true],
    [
      'the ISRC is one, and the lengths are far apart',
      { isrc: 'A1', durationMs: 1 },
      { isrc: 'A1', durationMs: 99_000 },
      true,
    ],
    ['the ISRCs are two', { isrc: 'GBUM71029604' }, { isrc: 'GBAYE7500101' }, false],
    [
      'the ISRCs are two and the URI is one',
      { isrc: 'A1', spotifyUri: 'u' },
      { isrc: 'A2', spotifyUri: 'u' },
      true,
    ],
    [
      'one has an ISRC and the lengths agree',
      { isrc: 'A1', durationMs: 180_000 },
      { durationMs: 183_000 },
      true,
    ],
    [
      'one has an ISRC and the lengths are far apart',
      { isrc: 'A1', durationMs: 180_000 },
      { durationMs: 250_000 },
      false,
    ],
    ['they are 10 s apart', { durationMs: 180_000 }, { durationMs: 190_000 }, true],
    ['they are more than 10 s apart', { durationMs: 180_000 }, { durationMs: 190_001 }, false],
    ['long ones are 5 % apart', { durationMs: 600_000 }, { durationMs: 570_000 }, true],
    ['long ones are more than 5 % apart', { durationMs: 600_000 }, { durationMs: 569_999 }, false],
    ['one length is not known', { durationMs: 0 }, { durationMs: 180_000 }, true],
  ])('of one name: %s', (_, one, other, same) => {
    const [a, b] = [one, other].map((more) => track(['A'], 'Intro', more));
    if (a === undefined || b === undefined) throw new Error('two tracks');
    expect(sameTrack(a, b)).toBe(same);
    expect(sameTrack(b, a)).toBe(same);
    expect(dropDoubles([a, b])).toHaveLength(same ? 1 : 2);
  });

  test.each([
    ['Song', 'Song (Re-Recorded)'],
    ['Song', "Song (Taylor's Version)"],
    ['Song', 'Song - 2019 Version'],
    ['Song', 'Song - Live'],
    ['Song', 'Song - Live at Wembley Stadium, 1986'],
    ['Song', 'Song (Acoustic)'],
    ['Song', 'Song - Radio Edit'],
    ['Song', 'Song (Instrumental)'],
    ['Song', 'Song - Demo'],
    ['Song', 'Song (Extended Mix)'],
    ['Song', 'Song (Sped Up)'],
    ['Song (Live)', 'Song (Acoustic)'],
  ])('%s and %s are two recordings', (a, b) => {
    expect(sameTrack(track(['A'], a), track(['A'], b))).toBe(false);
  });

  test('doubles are dropped and the order is kept', () => {
    const [a, b, again, c] = [
      track(['A'], 'One'),
      track(['B'], 'Two'),
      track(['The A'], 'ONE'),
      track(['A'], 'One (Live)'),
    ];
    expect(dropDoubles([a, b, again, c])).toEqual([a, b, c]);
  });
});

describe('files of the library', () => {
  test.each([
    ['Rihanna', 'Rihanna, Drake'],
    ['Rihanna', 'Rihanna; Drake'],
    ['Rihanna', 'Rihanna feat. Drake'],
    ['Tyler, The Creator', 'Tyler, The Creator'],
    ['Earth, Wind & Fire', 'Earth, Wind & Fire'],
  ])('of %s are known by the tag "%s"', (artist, tag) => {
    expect(tagKeys(tag, 'Work')).toContain(nameKey(artist, 'Work'));
  });

  test.each([
    ['AC/DC', 'Back In Black', 'AC-DC - Back In Black'],
    ['AC/DC', 'Back In Black', '01 - AC-DC - Back In Black'],
    ['AC/DC', 'Back In Black', '01. AC-DC - Back In Black'],
    ['A - B', 'C', 'A - B - C'],
    ['A', 'B - C', 'A - B - C'],
    ['A', 'B - Live', 'A - B (Live)'],
    ['A', 'B', 'A, D - B'],
    ['Prince', '1999', 'Prince - 1999'],
    ['1975', 'Chocolate', '1975 - Chocolate'],
  ])('%s - %s is known by the name "%s"', (artist, title, stem) => {
    expect(fileNameKeys(stem)).toContain(nameKey(artist, title));
  });

  test('without a dash in their name have no key', () => {
    expect(fileNameKeys('Voice memo 3')).toEqual([]);
  });
});
