import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { splitArguments } from '../../src/config/extra-args.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

/** As Python's shlex.quote does it, and as double quotes and backslashes do. */
const quotings: readonly ((word: string) => string)[] = [
  (word) => `'${word.replaceAll("'", `'"'"'`)}'`,
  (word) => `"${word.replaceAll(/["\\$`]/g, '\\$&')}"`,
  (word) => (word === '' ? "''" : word.replaceAll(/[^A-Za-z0-9]/gu, '\\$&')),
];
const words = fc.array(
  fc.tuple(hostileText, fc.nat(quotings.length - 1)).map(([text, way]) => {
    // The shell of the next test takes no NUL, and no half of a pair.
    const word = text.replaceAll('\0', '').toWellFormed();
    return { word, quoted: quotings[word.includes('\n') ? 0 : way]?.(word) ?? '' };
  }),
  { maxLength: 5 },
);

test('words that are quoted in any way come back as they were', () => {
  fc.assert(
    fc.property(words, fc.constantFrom(' ', '  ', '\t', '\n'), (given, between) => {
      const line = given.map(({ quoted }) => quoted).join(between);
      expect(splitArguments(line)).toEqual(given.map(({ word }) => word));
    }),
    { numRuns: 500 },
  );
});

test('a shell divides them in the same way', () => {
  fc.assert(
    fc.property(words, (given) => {
      const line = given.map(({ quoted }) => quoted).join(' ');
      const shown = execFileSync('/bin/sh', ['-c', `set -- ${line}; for w; do printf '%s\\0' "$w"; done`]);
      expect(shown.toString().split('\0').slice(0, -1)).toEqual([...(splitArguments(line) ?? [])]);
    }),
    { numRuns: 40 },
  );
});

test('any text is divided, or has a quote that is not closed', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const words = splitArguments(text);
      if (words === undefined) expect(text).toMatch(/['"\\]/);
      else for (const word of words) expect(typeof word).toBe('string');
    }),
    { numRuns: 500 },
  );
});
