import { expect, test } from 'vitest';
import { concatList, withSelectFilter } from '../../src/downloads/ffmpeg-cut.ts';

const cuts = [
  { fromMs: 0, toMs: 1_500 },
  { fromMs: 4_000, toMs: 5_000 },
];
const filter = "aselect='not(gte(t,0.000)*lt(t,1.500)+gte(t,4.000)*lt(t,5.000))',asetpts=N/SR/TB";

test.each([
  [[], ['-af', filter]],
  [
    ['-ar', '44100'],
    ['-ar', '44100', '-af', filter],
  ],
  [
    ['-af', 'volume=2'],
    ['-af', `${filter},volume=2`],
  ],
  [
    ['-filter:a', 'volume=2', '-ac', '1'],
    ['-filter:a', `${filter},volume=2`, '-ac', '1'],
  ],
  // ffmpeg takes the last one.
  [
    ['-af', 'volume=2', '-af', 'volume=3'],
    ['-af', 'volume=2', '-af', `${filter},volume=3`],
  ],
  [
    ['-metadata', '-af'],
    ['-metadata', '-af', '-af', filter],
  ],
])("parts are left out before the user's own filters: %j", (args, all) => {
  expect(withSelectFilter(args, cuts)).toEqual(all);
});

test('a list of what stays names the file whatever it is called', () => {
  expect(concatList('/m/It\'s "here" \\ now.webm', cuts, 9_000)).toBe(
    [
      'ffconcat version 1.0',
      String.raw`file '/m/It'\''s "here" \ now.webm'`,
      'inpoint 1.500',
      'outpoint 4.000',
      String.raw`file '/m/It'\''s "here" \ now.webm'`,
      'inpoint 5.000',
      '',
    ].join('\n'),
  );
});
