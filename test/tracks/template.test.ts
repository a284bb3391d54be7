import { describe, expect, test } from 'vitest';
import {
  fieldNames,
  fillPart,
  parsePart,
  templateFault,
  type FieldValues,
} from '../../src/tracks/template.ts';

const values: FieldValues = {
  artist: { text: 'The Beatles, Guest', first: 'The Beatles' },
  title: 'Ça ira (Live)',
  album: undefined,
  empty: '',
  year: '1969',
  number: { number: 3, digits: 2 },
  disc: { number: 1, digits: 1 },
  label: '椎名 Ørsted Æon ß',
  sign: '[x] {y}',
};
const fill = (part: string): string => fillPart(parsePart(part), values).replaceAll('\0', '?');

describe('a part of a template', () => {
  test.each([
    ['{number} {title}', '03 Ça ira (Live)'],
    ['{number:03}-{number:1}-{number:5}', '003-3-00003'],
    ['{disc:02}', '01'],
    ['{album}', '?'],
    ['{empty}', '?'],
    ['{unknown}', '?'],
    ['{album|artist}', 'The Beatles, Guest'],
    ["{album|empty|'Singles'}", 'Singles'],
    ["{album|''}", '?'],
    ['{artist:first}', 'The Beatles'],
    ['{artist:the}', 'Beatles, Guest, The'],
    ['{artist:first:the}', 'Beatles, The'],
    ['{artist:first:the:left(1)}', 'B'],
    ['{title:left(2):upper}', 'ÇA'],
    ['{title:ascii:lower}', 'ca ira (live)'],
    ['{label:ascii}', '椎名 Orsted Aeon ss'],
    ["{'x':upper}", 'X'],
    ['[ - {year}]', ' - 1969'],
    ['x[ - {album}]', 'x'],
    ['x[ - {album|year}]', 'x - 1969'],
    ['[{disc}-]{number}', '1-03'],
    ['[{disc} of {album}, ]{number}', '03'],
    ['[ ({year}[, {album}])]', ' (1969)'],
    ['[ ({album}[, {year}])]', ''],
  ])('%s reads "%s"', (part, text) => {
    expect(fill(part)).toBe(text);
  });

  test.each([
    ['[{year}] x', '[1969] x'],
    ['[{year} {number}]', '[1969 03]'],
    ['[Disc {disc}]', '[Disc 1]'],
    ['[live]', '[live]'],
    ['[ live ]', '[ live ]'],
    ['[ - {year}', '[ - 1969'],
    [']{year}[', ']1969['],
    ['{}{ year }{year', '{}{ year }{year'],
    ["{year|'a{b'}", "{year|'a{b'}"],
    ['{sign}', '[x] {y}'],
  ])('%s holds real signs: "%s"', (part, text) => {
    expect(fill(part)).toBe(text);
  });
});

test('the fields of a template are found wherever they stand', () => {
  expect(fieldNames("a/{b|c|'d'}/[{e:first} ]{f:02}/{ g }")).toEqual(['b', 'c', 'e', 'f']);
});

test.each([
  ["{artist}/{album|'Singles'}/[{disc}-]{number:02} {title:the:left(12)}", undefined],
  ['{artits}', "can't contain {artits} (did you mean {artist}?)"],
  ['[ - {yaer}]', "can't contain {yaer} (did you mean {year}?)"],
  ['{album|lable}', "can't contain {lable} (did you mean {label}?)"],
  ['{artist:uper}', "can't use the function uper (did you mean upper?)"],
  ['{artist:left}', "can't use the function left (did you mean left(1)?)"],
  ['{number:0x}', 'can use only the functions first, lower, upper, ascii, the, left(1), and a width like 02'],
  ['{foobar}', 'can contain only {artist} {title} {album} {year} {number} {disc} {label}'],
])('%s: %s', (template, fault) => {
  const known = ['artist', 'title', 'album', 'year', 'number', 'disc', 'label'];
  expect(templateFault(template, known)).toBe(fault);
});
