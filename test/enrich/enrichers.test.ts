import { expect, test } from 'vitest';
import { enrich } from '../../src/enrich/enrichers.ts';
import type { Additions, Enricher } from '../../src/enrich/enricher.ts';

const song = {
  track: { artists: ['One'], artist: 'One', track: 'Song' },
  media: { provider: 'youtube', id: 'a' },
  album: undefined,
  coverUrls: [],
  path: '/song',
  durationMs: 1_000,
};
const enricherOf = (name: string, find: () => Promise<Additions>): Enricher => ({
  name,
  isWanted: () => true,
  find,
});
const cover = { mimeType: 'image/png', data: new Uint8Array([1]) } as const;

test('what enrichers find is put together, and the first one wins', async () => {
  const first = enricherOf('first', () => Promise.resolve({ properties: { MOOD: ['calm'], KEY: ['a'] } }));
  const second = enricherOf('second', () =>
    Promise.resolve({ cover, properties: { MOOD: ['wild'], LYRICS: ['la'] } }),
  );
  const found = await enrich([first, second], song, new AbortController().signal, () => undefined);
  expect(found).toEqual({ cover, properties: { MOOD: ['calm'], KEY: ['a'], LYRICS: ['la'] } });
});

test('one that fails adds nothing and is told; the others stay', async () => {
  const told: string[] = [];
  const broken = enricherOf('broken', () => Promise.reject(new Error('No.')));
  const good = enricherOf('good', () => Promise.resolve({ cover }));
  const found = await enrich([broken, good], song, new AbortController().signal, ({ name }, error) =>
    told.push(`${name}: ${String(error)}`),
  );
  expect(found).toMatchObject({ cover });
  expect(told).toEqual(['broken: Error: No.']);
});

test('after an abort it ends with the reason', async () => {
  const stop = new AbortController();
  stop.abort(new Error('Enough.'));
  const broken = enricherOf('broken', () => Promise.reject(new Error('No.')));
  await expect(enrich([broken], song, stop.signal, () => undefined)).rejects.toThrow('Enough.');
});
