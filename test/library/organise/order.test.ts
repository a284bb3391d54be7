import { expect, test } from 'vitest';
import { orderMoves, type Move } from '../../../src/library/organise/order.ts';
import { createRandom, testSeed } from '../../helpers/random.ts';

/** Moves "a>b c>d" one after the other among files that say who they are, on a disk that doesn't tell cases apart. */
function moved(moves: readonly Move[]): Map<string, string> {
  const files = new Map(moves.map(({ from }) => [from.toLowerCase(), from]));
  for (const { from, to } of orderMoves(moves)) {
    const file = files.get(from.toLowerCase());
    expect(file, `${from} is there`).toBeDefined();
    files.delete(from.toLowerCase());
    expect(files.has(to.toLowerCase()), `${to} is free`).toBe(false);
    files.set(to.toLowerCase(), file ?? '');
  }
  return files;
}
const read = (text: string): Move[] =>
  text.split(' ').map((one) => {
    const [from = '', to = ''] = one.split('>');
    return { from: `/${from}.x`, to: `/${to}.x` };
  });

test.each([
  'a>b',
  'a>b b>c c>d',
  'c>d b>c a>b',
  'a>b b>a',
  'a>b b>c c>a d>e',
  'b>c a>b c>a',
  'a>A',
  'a>A b>c',
  'a>b b>B2 c>a',
])('%s reaches its places', (text) => {
  const moves = read(text);
  const files = moved(moves);
  expect(files.size).toBe(moves.length);
  for (const { from, to } of moves) expect(files.get(to.toLowerCase())).toBe(from);
});

test('only circles stop on their way', () => {
  expect(orderMoves(read('a>b b>c'))).toEqual(read('b>c a>b'));
  expect(orderMoves(read('a>b b>a')).map(({ from, to }) => `${from} ${to}`)).toEqual([
    '/a.x /a moving (2).x',
    '/b.x /a.x',
    '/a moving (2).x /b.x',
  ]);
});

test(`any exchange of places reaches its end (seed ${testSeed})`, () => {
  const random = createRandom(testSeed);
  const shuffled = (texts: readonly string[]): string[] =>
    texts
      .map((text) => ({ text, at: random.next() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ text }) => text);
  for (let run = 0; run < 60; run += 1) {
    const count = random.between(1, 12);
    const names = Array.from({ length: count }, (_, at) => `/${at}.x`);
    const targets = shuffled([...names, '/new1.x', '/new2.x']).slice(0, count);
    const moves = names
      .map((from, at) => ({ from, to: targets[at] ?? '' }))
      .filter(({ from, to }) => from !== to);
    const files = moved(moves);
    for (const { from, to } of moves) expect(files.get(to)).toBe(from);
  }
});
