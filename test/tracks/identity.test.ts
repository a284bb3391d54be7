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
    expect(trackKeys(track([], 'Intro', { youtubeId: 'abcdefghijk' }))).toEqual(['youtube:abcdefghijk']);
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
