import { describe, expect, test } from 'vitest';
import {
  asBashWord,
  asPowerShellWord,
  readBashLine,
  unquoted,
} from '../../../src/commands/completion/line.ts';

const breaks = ' \t\n"\'><=;|&(:';

describe('a line of bash', () => {
  test.each([
    ['harmoni ', [], '', '', 0],
    ['harmoni do', [], 'do', '', 0],
    ['harmoni sync Evening Ro', ['sync', 'Evening'], 'Ro', '', 0],
    ['harmoni sync Rock\\:\\ th', ['sync'], 'Rock: th', '', 0],
    ['harmoni sync Rock:th', ['sync'], 'Rock:th', '', 5],
    ['harmoni download --format=m', ['download'], '--format=m', '', 9],
    ['harmoni sync "Rock: th', ['sync'], 'Rock: th', '"', 0],
    ["harmoni sync 'It", ['sync'], 'It', "'", 0],
    ['harmoni sync "a \\"b\\" \\$c" ', ['sync', 'a "b" $c'], '', '', 0],
    ['harmoni sync list:"A', ['sync'], 'list:A', '"', 5],
    ['./start.sh  sync   $(rm -rf x)', ['sync', '$(rm', '-rf'], 'x)', '', 0],
    ['harmoni sync a\\', ['sync'], 'a', '', 0],
  ] as const)('%j', (line, words, current, quote, kept) => {
    expect(readBashLine(line, breaks)).toEqual({ words, current, quote, kept });
  });
});

test.each([
  ['Evening', '', 0, 'Evening'],
  ['Rock: the best', '', 0, 'Rock:\\ the\\ best'],
  ['list:=Evening', '', 5, '=Evening'],
  ['a;b&c|d$(e)`f`', '', 0, 'a\\;b\\&c\\|d\\$\\(e\\)\\`f\\`'],
  ['~home', '', 0, '\\~home'],
  ['椎名林檎', '', 0, '椎名林檎'],
  ['say "$x"', '"', 0, 'say \\"\\$x\\"'],
  ["It's", "'", 0, "It'\\''s"],
] as const)('%j goes on as bash reads it, with the quote %j', (value, quote, kept, word) => {
  expect(asBashWord(value, { quote, kept })).toBe(word);
});

test('words of other shells are read without their quotes, and written for PowerShell', () => {
  expect(['"Rock', "'a b'", 'a\\ b', ''].map(unquoted)).toEqual(['Rock', 'a b', 'a b', '']);
  expect(['mp3', 'a b', "it's", '$x', '@a', '-x'].map(asPowerShellWord)).toEqual([
    'mp3',
    "'a b'",
    "'it''s'",
    "'$x'",
    "'@a'",
    '-x',
  ]);
});
