import { describe, expect, test } from 'vitest';
import { withoutNumbers } from '../../src/sources/numbering.ts';

describe('numbers in front of lines', () => {
  test.each([
    ['of an artist or a title stay', ['99 Problems', '7 Rings', '1979']],
    ['of a single artist stay', ['50 Cent - In da Club']],
    ['of a year stay', ['1975 - Chocolate']],
    [
      'that do not count stay',
      ['2 Unlimited - No Limit', '3 Doors Down - Kryptonite', '4 Non Blondes - What'],
    ],
    ['that repeat stay', ['1. A - One', '1. B - Two', '1. C - Three']],
    ['of a few lines among many stay', ['1. A - One', 'B - Two', 'C - Three', '2. D - Four', 'E - Five']],
    ['of a thousand stay', ['10.000 Maniacs - Trouble Me']],
  ])('%s', (_, lines) => {
    expect(withoutNumbers(lines)).toEqual(lines);
  });

  test.each([
    ['"1. "', ['1. A - One', '2. B - Two', '3. C - Three']],
    ['"1) "', ['1) A - One', '2) B - Two', '3) C - Three']],
    ['"[01] "', ['[01] A - One', '[02] B - Two', '[03] C - Three']],
    ['"1."', ['1.A - One', '2.B - Two', '3.C - Three']],
    ['"01 - "', ['01 - A - One', '02 - B - Two', '03 - C - Three']],
    ['"01 "', ['01 A - One', '02 B - Two', '03 C - Three']],
    ['a chart that counts down', ['3. A - One', '2. B - Two', '1. C - Three']],
    ['a part of a longer list', ['51. A - One', '52. B - Two', '53. C - Three']],
  ])('go where they count: %s', (_, lines) => {
    expect(withoutNumbers(lines)).toEqual(['A - One', 'B - Two', 'C - Three']);
  });

  test('go from a single line that is left over', () => {
    expect(withoutNumbers(['1. A - One'])).toEqual(['A - One']);
    expect(withoutNumbers(['01 - A - One'])).toEqual(['A - One']);
  });

  test('go where a line between has none, and a song that begins with a number keeps it', () => {
    expect(withoutNumbers(['1. A - One', '2. 99 Problems', 'B - Two', '3. C - Three'])).toEqual([
      'A - One',
      '99 Problems',
      'B - Two',
      'C - Three',
    ]);
  });
});
