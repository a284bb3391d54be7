import { describe, expect, test } from 'vitest';
import { createChannel } from '../../src/downloads/channel.ts';

const n = (value: number) => () => value;

/** Whether a promise is settled once everything that can go on has gone on. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => (settled = true));
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

describe('a taker', () => {
  test('waits for the least and gets the most', async () => {
    const channel = createChannel<number>();
    const taken = channel.take(n(2), n(3));
    channel.put(1);
    expect(await isSettled(taken)).toBe(false);
    channel.put(2);
    expect(await taken).toEqual([1, 2]);
    for (const item of [3, 4, 5, 6]) channel.put(item);
    expect(await channel.take(n(2), n(3))).toEqual([3, 4, 5]);
    expect(await channel.take(n(1), n(3))).toEqual([6]);
  });

  test('asks again for the least whenever something changes', async () => {
    const channel = createChannel<number>();
    let least = 5;
    const taken = channel.take(() => least, n(5));
    channel.put(1);
    expect(await isSettled(taken)).toBe(false);
    least = 2;
    channel.put(2);
    expect(await taken).toEqual([1, 2]);
  });

  test('gets less than the least once nothing more comes for now, but never nothing', async () => {
    const channel = createChannel<number>();
    const taken = channel.take(n(8), n(8));
    channel.flush();
    expect(await isSettled(taken)).toBe(false);
    channel.put(1);
    expect(await taken).toEqual([1]);
  });

  test('gets the rest and then nothing after the end', async () => {
    const channel = createChannel<number>();
    for (const item of [1, 2, 3]) channel.put(item);
    channel.close();
    expect(await channel.take(n(8), n(2))).toEqual([1, 2]);
    expect(await channel.take(n(8), n(2))).toEqual([3]);
    expect(await channel.take(n(8), n(2))).toEqual([]);
  });

  test('that waits is woken by the end', async () => {
    const channel = createChannel<number>();
    const taken = [channel.take(n(1), n(1)), channel.take(n(1), n(1))];
    channel.close();
    expect(await Promise.all(taken)).toEqual([[], []]);
  });
});

test('several takers share everything and nothing twice', async () => {
  const channel = createChannel<number>();
  const taken: number[] = [];
  const takers = Array.from({ length: 4 }, async () => {
    for (
      let batch = await channel.take(n(1), n(3));
      batch.length > 0;
      batch = await channel.take(n(1), n(3))
    ) {
      taken.push(...batch);
    }
  });
  for (let item = 0; item < 100; item += 1) {
    channel.put(item);
    if (item % 7 === 0) await channel.room(3);
  }
  await channel.room(1);
  channel.close();
  await Promise.all(takers);
  expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, item) => item));
});

test('whoever fills it waits for room, or for the end', async () => {
  const channel = createChannel<number>();
  for (const item of [1, 2]) channel.put(item);
  const room = channel.room(2);
  expect(await isSettled(room)).toBe(false);
  await channel.take(n(1), n(1));
  await room;
  channel.put(3);
  const never = channel.room(2);
  channel.close();
  await never;
});
