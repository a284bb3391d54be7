import { expect, test } from 'vitest';
import { atOnce } from '../../src/system/at-once.ts';

test('so many are under way and no more, and the results are in order', async () => {
  let running = 0;
  let most = 0;
  const results = await atOnce([1, 2, 3, 4, 5, 6, 7], 3, async (number) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < 10 - number; turn += 1) await Promise.resolve();
    running -= 1;
    return number * 10;
  });
  expect(results).toEqual([10, 20, 30, 40, 50, 60, 70]);
  expect(most).toBe(3);
});

test('after a failure nothing new begins', async () => {
  const begun: number[] = [];
  const work = async (number: number): Promise<void> => {
    begun.push(number);
    await Promise.resolve();
    if (number === 2) throw new Error('two');
  };
  await expect(atOnce([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow('two');
  expect(begun.length).toBeLessThan(6);
});

test('of nothing there is nothing', async () => {
  expect(await atOnce([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
});
