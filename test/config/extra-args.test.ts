import { expect, it } from 'vitest';
import { splitArguments } from '../../src/config/extra-args.ts';

it.each<[string, string[]]>([
  ['', []],
  ['   ', []],
  ['--cookies-from-browser firefox', ['--cookies-from-browser', 'firefox']],
  ['  -a\t-b\n-c ', ['-a', '-b', '-c']],
  [`--output 'a b.%(ext)s'`, ['--output', 'a b.%(ext)s']],
  [`--proxy="http://me:p w@host"`, ['--proxy=http://me:p w@host']],
  [`a"b c"'d e'f`, ['ab cd ef']],
  [`'' ""`, ['', '']],
  [String.raw`a\ b c\\d \"e`, ['a b', String.raw`c\d`, '"e']],
  [String.raw`"say \"hi\" \n \\"`, [String.raw`say "hi" \n ` + '\\']],
  [String.raw`'no \escape'`, [String.raw`no \escape`]],
  [
    '$HOME `id` *.mp3 ; rm | x > y & $(z)',
    ['$HOME', '`id`', '*.mp3', ';', 'rm', '|', 'x', '>', 'y', '&', '$(z)'],
  ],
])('splits %j as a shell splits words', (text, words) => {
  expect(splitArguments(text)).toEqual(words);
});

it.each([`--a 'b`, `--a "b`, 'a\\'])('does not split %j', (text) => {
  expect(splitArguments(text)).toBeUndefined();
});

it('takes a list as it is', () => {
  expect(splitArguments(['--a', 'b c', `'d`])).toEqual(['--a', 'b c', `'d`]);
});
