import { expect, test } from 'vitest';
import { createBench } from './set-up.ts';
import { recording, release, song } from './songs.ts';

const { signal } = new AbortController();

test('a thousand songs of as many albums take about a thousand seconds, and are told one by one', async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => index + 1);
  const { facts, service, clock } = await createBench({
    recordings: many.map((number) => recording(number)),
    releases: many.map((number) => release(number, [number], { title: `Album ${number}` })),
  });
  const beganMs = clock.now();
  const told: number[] = [];
  const { found } = await facts.factsFor(
    many.map((number) => song(number, { ALBUM: [`Album ${number}`] })),
    signal,
    { onProgress: ({ done }) => told.push(done) },
  );
  expect(found.size).toBe(1_000);
  expect(service.requests).toHaveLength(1_050);
  expect((clock.now() - beganMs) / 1_000).toBeLessThan(1_200);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(1_000);
});
