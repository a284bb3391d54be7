import { expect, test } from 'vitest';
import { drawingFor } from '../../src/ui/bars.ts';

test.each([
  [0, '    '],
  [0.001, '▏   '],
  [0.25, '█   '],
  [0.4, '█▋  '],
  [0.9999, '████'],
  [1, '████'],
  [7, '████'],
  [Number.NaN, '    '],
  [-1, '    '],
])('%s of 4 columns is "%s"', (share, expected) => {
  expect(drawingFor({ LANG: 'C.UTF-8' }).bar(share, 4)).toBe(expected);
});

test.each([{ LANG: 'C' }, { HARMONI_PLAIN: '1', LANG: 'C.UTF-8' }, { TERM: 'dumb' }])(
  'with %o it has letters of ASCII alone',
  (env) => {
    const { bar, ellipsis } = drawingFor(env);
    expect([0, 0.01, 0.5, 1].map((share) => bar(share, 4))).toEqual(['    ', '#   ', '##  ', '####']);
    expect(ellipsis).toBe('...');
  },
);
