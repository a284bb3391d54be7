import { expect, test } from 'vitest';
import { includesOwn } from '../../src/commands/library/verb.ts';

test.each([
  [false, {}, []],
  [false, {}, ['artist:own', 'missing:cover']],
  [false, {}, ['-is:own']],
  [false, {}, ['is:owner']],
  [true, { all: true }, []],
  [true, {}, ['is:own']],
  [true, {}, ['artist:x is:own']],
  [true, {}, ['is:broken|own']],
])("the user's own files are meant: %s, with %j %j", (isMeant, flags, words) => {
  expect(includesOwn(flags, words)).toBe(isMeant);
});
