import { expect, test } from 'vitest';
import * as read from '../../src/sources/field-values.ts';

test.each([
  ['1975-11-21', '1975-11-21'],
  ['1975-11', '1975-11'],
  ['1975', '1975'],
  ['1975/1/2', '1975-01-02'],
  ['1975-11-21T00:00:00Z', '1975-11-21'],
  ['0000', undefined],
  ['1975-13', undefined],
  ['1975-11-32', undefined],
  ['21.11.1975', undefined],
])('the date %s', (text, date) => {
  expect(read.readDate(text)).toBe(date);
});

test.each([
  ['354320', 354320],
  ['3:45', 225_000],
  ['1:02:03', 3_723_000],
  ['0', undefined],
  ['-5', undefined],
  ['NaN', undefined],
  ['99999999999', undefined],
])('the length %s', (text, durationMs) => {
  expect(read.readDurationMs(text)).toBe(durationMs);
});

test('a length without a unit is in seconds when it is small', () => {
  expect([read.readDuration('245'), read.readDuration('245000'), read.readDuration('0:07')]).toEqual([
    245_000, 245_000, 7_000,
  ]);
});

test.each([
  ['spotify:track:5hVghJ4KaYES3BFUATCYn0', 'spotify:track:5hVghJ4KaYES3BFUATCYn0'],
  ['5hVghJ4KaYES3BFUATCYn0', 'spotify:track:5hVghJ4KaYES3BFUATCYn0'],
  [
    'https://open.spotify.com/intl-de/track/5hVghJ4KaYES3BFUATCYn0?si=1',
    'spotify:track:5hVghJ4KaYES3BFUATCYn0',
  ],
  ['spotify:album:5hVghJ4KaYES3BFUATCYn0', undefined],
  ['17', undefined],
])('the URI of %s', (text, uri) => {
  expect(read.readTrackUri(text)).toBe(uri);
});

test.each([
  ['TRUE', true],
  ['false', false],
  ['0', false],
  ['constructor', undefined],
  ['', undefined],
])('the boolean %j', (text, value) => {
  expect(read.readBoolean(text)).toBe(value);
});

test('numbers out of their range are none', () => {
  expect([
    read.readNumber('6.29e-06', 0, 1),
    read.readNumber('1.5', 0, 1),
    read.readWhole('1.5', 0, 9),
  ]).toEqual([0.00000629, undefined, undefined]);
});
