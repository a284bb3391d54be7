import { expect, test } from 'vitest';
import { namePartsOf, numbered, safeName } from '../../src/downloads/file-names.ts';
import type { Track } from '../../src/tracks/track.ts';
import { hostileText, neverInAName } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const extensions = fc.constantFrom('mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav');
const mostBytes = 255;

/** Everything that a single part of a path must be, on every file system. */
function expectOnePart(name: string): void {
  expect(name).not.toBe('');
  expect(name).not.toMatch(/[/\\:|<>"?*]/);
  expect(name).not.toMatch(neverInAName);
  expect(name).not.toMatch(/^[. -]|[. ]$/);
  expect(name).not.toMatch(reserved);
  expect(name).toBe(name.normalize('NFC'));
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(mostBytes);
}

test('a name made of any text is one part of a path, and the same when it is made again', () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 20, max: 240 }), (text, limit) => {
      const name = safeName(text, limit);
      expectOnePart(name);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(limit);
      expect(safeName(name, limit)).toBe(name);
    }),
    { numRuns: 600 },
  );
});

const track: fc.Arbitrary<Track> = fc
  .record({
    artists: fc.array(hostileText, { maxLength: 3 }),
    track: hostileText,
    album: fc.option(hostileText, { nil: undefined }),
    releaseDate: fc.option(hostileText, { nil: undefined }),
    trackNumber: fc.option(fc.nat(2_000), { nil: undefined }),
  })
  .map(({ artists, track, album, releaseDate, trackNumber }) => ({
    artists,
    artist: artists.join(', '),
    track,
    ...(album === undefined ? {} : { album }),
    ...(releaseDate === undefined ? {} : { releaseDate }),
    ...(trackNumber === undefined ? {} : { trackNumber }),
  }));

const piece = fc.oneof(
  fc.constantFrom('{artist}', '{track}', '{album}', '{year}', '{number}', '{disc}', '{list}', '{nothing}'),
  fc.constantFrom('/', ' - ', ' (', ')', '[', ']', '. ', '_', '..', '//'),
);
const template = fc.array(piece, { minLength: 1, maxLength: 9 }).map((parts) => `{track}${parts.join('')}`);

test('a track never leaves its folder, whatever it, its list and the template are called', () => {
  fc.assert(
    fc.property(
      template,
      track,
      hostileText,
      extensions,
      fc.nat(9_999),
      (text, song, list, extension, nth) => {
        const parts = namePartsOf(text, song, list, extension);
        expect(parts.length).toBeGreaterThan(0);
        expect(parts.length).toBeLessThanOrEqual(text.split('/').length);
        parts.forEach(expectOnePart);
        const path = numbered(parts, extension, nth + 1);
        path.forEach(expectOnePart);
        expect(path).toHaveLength(parts.length);
        expect(path.at(-1)?.endsWith(`.${extension}`)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('every number gives a name of its own', () => {
  fc.assert(
    fc.property(hostileText, extensions, fc.nat(5_000), fc.nat(5_000), (text, extension, one, other) => {
      const parts = [safeName(text)];
      const names = [one, other].map((nth) => numbered(parts, extension, nth + 1).join('/'));
      expect(names[0] === names[1]).toBe(one === other);
    }),
    { numRuns: 300 },
  );
});
