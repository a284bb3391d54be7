import { describe, expect, test } from 'vitest';
import { queriesFor } from '../../src/matching/queries.ts';
import type { Track } from '../../src/tracks/track.ts';

function track(artists: readonly string[], title: string, more: Partial<Track> = {}): Track {
  return { artists, artist: artists.join(', '), track: title, ...more };
}

describe('the queries for a track', () => {
  test('begin with the ISRC in upper case, then songs, videos and plain YouTube', () => {
    const queries = queriesFor(track(['Tinashe'], 'Quit You', { isrc: 'us-rc1-16-02929' }));
    expect(queries).toEqual([
      { kind: 'isrc', text: 'USRC11602929' },
      { kind: 'songs', text: 'Tinashe Quit You' },
      { kind: 'videos', text: 'Tinashe Quit You' },
      { kind: 'plain', text: 'Tinashe Quit You' },
    ]);
  });

  test('leave out an ISRC that is none', () => {
    expect(queriesFor(track(['A'], 'B', { isrc: '12345' })).map(({ kind }) => kind)).toEqual([
      'songs',
      'videos',
      'plain',
    ]);
  });

  test('name a guest once and three artists at most', () => {
    const [query] = queriesFor(
      track(['Daft Punk', 'Pharrell Williams', 'Nile Rodgers'], 'Get Lucky (feat. Pharrell Williams)'),
    );
    expect(query?.text).toBe('Daft Punk Nile Rodgers Get Lucky (feat. Pharrell Williams)');
    expect(queriesFor(track(['A', 'B', 'C', 'D'], 'E'))[0]?.text).toBe('A B C E');
  });

  test.each([
    ['-90', 'A 90'],
    ['One "Two"\nThree', 'A One Two Three'],
    ['One - Two', 'A One Two'],
    ['Shoo-Fly', 'A Shoo-Fly'],
  ])('make plain words of %j', (title, text) => {
    expect(queriesFor(track(['A'], title))[0]?.text).toBe(text);
  });

  test('of a bare title are the title', () => {
    expect(queriesFor(track([], 'Timbuktu'))[0]?.text).toBe('Timbuktu');
  });
});
