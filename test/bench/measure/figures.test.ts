import { expect, test } from 'vitest';
import { figure, median, mediansOf } from './figures.ts';

test('a median is the middle one, or halfway between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7]);
  expect(median([])).toBeNaN();
});

test('the medians of runs are taken figure by figure, at every depth', () => {
  const runs = [
    { wallSeconds: 3, memory: { tree: 10, main: 1 } },
    { wallSeconds: 1, memory: { tree: 30, main: 2 } },
    { wallSeconds: 2.00049, memory: { tree: 20, main: 9 } },
  ];
  const medians = mediansOf(runs);
  expect(medians).toEqual({ wallSeconds: 2, memory: { tree: 20, main: 2 } });
  expect(figure(medians, 'memory.tree')).toBe(20);
  expect(figure(medians, 'memory.ffmpeg')).toBeNaN();
  expect(figure(undefined, 'wallSeconds')).toBeNaN();
});
