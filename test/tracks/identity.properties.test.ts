import { expect, test } from 'vitest';
import { dropDoubles, sameTrack, trackKeys } from '../../src/tracks/identity.ts';
import type { Track } from '../../src/tracks/track.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

const name = fc.oneof(
  fc.constantFrom(
    'Intro',
    'AC/DC',
    'P!nk',
    'Beyoncé',
    'Sigur Rós',
    '椎名林檎',
    '!!!',
    'Untitled',
    'Hello (Live)',
  ),
  hostileText,
);
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const track: fc.Arbitrary<Track> = fc
  .record({
    artists: fc.array(name, { maxLength: 3 }),
    track: name,
    isrc: option(fc.constantFrom('ZZTST0000001', 'ZZTST0000002', 'zz-tst-00-00001')),
    spotifyUri: option(fc.constantFrom('spotify:track:1', 'spotify:track:2')),
    media: option(
      fc.record({ provider: fc.constant('youtube'), id: fc.constantFrom('aaaaaaaaaaa', 'bbbbbbbbbbb') }),
    ),
    durationMs: option(fc.constantFrom(19_000, 200_000, 203_000, 290_000)),
  })
  .map(({ artists, track, ...rest }) => ({
    artists,
    artist: artists.join(', '),
    track,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  }));

test('a track is the same as itself, and as what it is made of anew', () => {
  fc.assert(
    fc.property(track, (one) => {
      expect(sameTrack(one, one)).toBe(true);
      expect(sameTrack(one, structuredClone(one))).toBe(true);
      expect(trackKeys(structuredClone(one))).toEqual(trackKeys(one));
    }),
    { numRuns: 400 },
  );
});

test('two tracks are the same from both sides', () => {
  fc.assert(
    fc.property(track, track, (one, other) => {
      expect(sameTrack(one, other)).toBe(sameTrack(other, one));
    }),
    { numRuns: 600 },
  );
});

test('no key is empty or there twice', () => {
  fc.assert(
    fc.property(track, (one) => {
      const keys = trackKeys(one);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key).toMatch(/^[a-z]+:./s);
    }),
    { numRuns: 400 },
  );
});

test('a list without its doubles has none left, keeps the order and loses no song', () => {
  fc.assert(
    fc.property(fc.array(track, { maxLength: 8 }), (tracks) => {
      const kept = dropDoubles(tracks);
      expect(dropDoubles(kept)).toEqual(kept);
      const places = kept.map((one) => tracks.indexOf(one));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      if (tracks[0] !== undefined) expect(kept[0]).toBe(tracks[0]);
    }),
    { numRuns: 300 },
  );
});

/** Names as people have them: what folding must not change is told of letters, not of every code point. */
const plainName = fc
  .array(fc.constantFrom('night', 'Sun', 'Être', 'öl', 'señor', 'Łódź', 'Русь', 'Ωmega', '東京', 'No', '7'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((words) => words.join(' '));

test('the keys of a name do not change with case, form of its letters, spaces and credits', () => {
  fc.assert(
    fc.property(plainName, plainName, plainName, (artist, title, guest) => {
      const keysOf = (by: string, track: string) => trackKeys({ artists: [by], artist: by, track });
      const keys = keysOf(artist, title);
      expect(keysOf(artist.toUpperCase(), title.toLowerCase())).toEqual(keys);
      expect(keysOf(artist.normalize('NFD'), title.normalize('NFKD'))).toEqual(keys);
      expect(keysOf(` ${artist}  `, `${title.replaceAll(' ', '  ')} `)).toEqual(keys);
      const credits = [`(feat. ${guest})`, `[ft. ${guest}]`];
      // "6 ft" is a length.
      if (!title.endsWith('7')) credits.push(`feat. ${guest}`);
      for (const credit of credits) expect(keysOf(artist, `${title} ${credit}`)).toEqual(keys);
    }),
    { numRuns: 300 },
  );
});
