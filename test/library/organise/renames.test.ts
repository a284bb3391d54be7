import { expect, test } from 'vitest';
import type { Step } from '../../../src/history/steps.ts';
import { composed, dueRun } from '../../../src/library/organise/renames.ts';

test('the moves of a run lead from where each file began to where it is', () => {
  let id = 6;
  const move = (from: string, path: string, more: Partial<Step> = {}): Step => {
    id += 1;
    return { id, runId: 1, kind: 'move', from, path, state: 'done', plannedAt: 0, ...more };
  };
  const { renamed, playlists, firstStep } = dueRun([
    move('a', 'a moving'),
    move('c', 'a'),
    move('b', 'c'),
    move('a moving', 'b'),
    move('x', 'y', { state: 'undone' }),
    move('one/l.m3u8', 'Playlists/l.m3u8', { sha256: 'says' }),
  ]);
  expect(Object.fromEntries(renamed)).toEqual({
    a: 'b',
    b: 'c',
    c: 'a',
    'one/l.m3u8': 'Playlists/l.m3u8',
  });
  expect([...playlists]).toEqual([['Playlists/l.m3u8', 'one/l.m3u8']]);
  expect(firstStep).toBe(7);
});

test('several maps that hold one after the other are one', () => {
  const [first, second] = [
    new Map([
      ['a', 'b'],
      ['b', 'c'],
    ]),
    new Map([
      ['b', 'x'],
      ['d', 'e'],
    ]),
  ];
  expect(Object.fromEntries(composed([first, second]))).toEqual({ a: 'x', b: 'c', d: 'e' });
  expect(composed([]).size).toBe(0);
});
