import { expect, test } from 'vitest';
import { editDistance } from '../../src/tracks/edit-distance.ts';
import fc from '../helpers/properties.ts';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['same', 'same', 0],
  ['kitten', 'sitting', 3],
  ['colour', 'color', 1],
  ['recieve', 'receive', 1],
  ['ca', 'abc', 3],
  ['audio_fromat', 'audio_format', 1],
])('"%s" and "%s" are %d apart', (a, b, apart) => expect(editDistance(a, b)).toBe(apart));

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

test('is the same both ways, 0 for equals alone, and at most the longer length', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      const apart = editDistance(a, b);
      expect(editDistance(b, a)).toBe(apart);
      expect(apart === 0).toBe(a === b);
      expect(apart).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(apart).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
  );
});
