import { expect, test } from 'vitest';
import { displayWidth, fit, fitTo, paragraph, safeLines, safeText } from '../../src/ui/safe-text.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

/** What a terminal obeys: every control, and the marks and overrides of writing direction. */
const obeyed = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** An isolate that `fit` opens and closes is harmless. */
const isolates = /^\u2068|\u2069$/g;

test('no text makes a terminal do anything', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const safe = safeText(text);
      expect(safe).not.toMatch(obeyed);
      expect(safe.isWellFormed()).toBe(true);
      expect(safeText(safe)).toBe(safe);
      for (const line of safeLines(text).split('\n')) expect(line).not.toMatch(obeyed);
    }),
    { numRuns: 1_000 },
  );
});

test('fitted text is never wider than its columns', () => {
  fc.assert(
    fc.property(hostileText, fc.nat(120), (text, columns) => {
      const fitted = fit(text, columns);
      expect(fitted.replaceAll(isolates, '')).not.toMatch(obeyed);
      expect(displayWidth(fitted)).toBeLessThanOrEqual(columns);
      expect(displayWidth(fitTo(text, columns))).toBe(columns);
    }),
    { numRuns: 500 },
  );
});

test('a paragraph has no line that a terminal obeys', () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 20, max: 120 }), (text, columns) => {
      for (const line of paragraph(text, columns).split('\n')) expect(line).not.toMatch(obeyed);
    }),
    { numRuns: 200 },
  );
});
