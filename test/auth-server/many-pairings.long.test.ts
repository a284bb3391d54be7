import { performance } from 'node:perf_hooks';
import { afterEach, expect, test } from 'vitest';
import { proxyUrl, setUpServer, type ServerSetUp } from './set-up.ts';

let world: ServerSetUp;
afterEach(() => world.end());

test('500 boxes at once get tokens of their own, and none stay behind', async () => {
  world = await setUpServer({ publicUrl: proxyUrl });
  const before = process.memoryUsage().heapUsed;
  const times: number[] = [];
  const got = await Promise.all(
    Array.from({ length: 500 }, async (_, index) => {
      const from = `10.${Math.floor(index / 250)}.${index % 250}.7`;
      const begun = performance.now();
      const box = await world.startBox(from);
      const { location, cookie } = await world.enterCode(box.userCode, from);
      const page = await world.ask(await world.agree(location), undefined, from, cookie);
      await page.text();
      const { body } = await world.poll(box.deviceCode, from);
      times.push(performance.now() - begun);
      return body['access_token'];
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0);
  const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  console.info(
    `500 pairings at once: median ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms; heap ${grown.toFixed(0)} MiB more, stand-in, boxes and phones included`,
  );
  expect(new Set(got).size).toBe(500);
  expect(got.every((token) => world.spotify.secrets.has(String(token)))).toBe(true);
  expect(world.server.waiting()).toBe(0);
});
