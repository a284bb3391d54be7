import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csvRow, withoutGuard } from '../../src/tracks/csv-text.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';
import { testSeed } from '../helpers/random.ts';

test.each([
  ['plain', 'plain'],
  ['one, two', '"one, two"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  [' led', '" led"'],
  ['=1+1', "'=1+1"],
  ["'=1+1", "''=1+1"],
  ['+44 (0)', "'+44 (0)"],
  ['-Rocks, Pt. 1', '"\'-Rocks, Pt. 1"'],
  ['@home', "'@home"],
  ['＝1', "'＝1"],
  ['\t=1', "'\t=1"],
  ['-7.25', '-7.25'],
  ["'Round Midnight", "'Round Midnight"],
])('%j stands as %j in a CSV', (text, cell) => {
  expect(csvRow([text])).toBe(`${cell}\r\n`);
});

test(`any texts come back from a CSV, and none is a formula (seed ${testSeed})`, () => {
  fc.assert(
    fc.property(
      fc.array(
        hostileText.map((text) => text.toWellFormed()),
        { minLength: 2, maxLength: 4 },
      ),
      (texts) => {
        const [cells = []] = parse(csvRow(texts), { record_delimiter: '\r\n' });
        expect(cells.map(withoutGuard)).toEqual(texts);
        expect(cells.filter((cell) => /^[=@\t\r\n＝＋－＠]|^[+-](?!\d+(?:\.\d+)?$)/.test(cell))).toEqual([]);
      },
    ),
  );
});
