import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { YouTubeStandIn } from '../stand-ins/youtube-stand-in.ts';
import { rightId, shortTrack, standInFor } from './run-ytdlp.ts';

let youtube: YouTubeStandIn;
let end: () => Promise<void>;
let whole: Uint8Array;

const address = (more = ''): string =>
  `${youtube.musicUrl}/videoplayback?id=${rightId(youtube)}&itag=251${more}`;
const get = (range?: string, more?: string): Promise<Response> =>
  fetch(address(more), range === undefined ? {} : { headers: { range } });

beforeAll(async () => {
  ({ youtube, end } = await standInFor([shortTrack('Song')], { codecs: ['opus'] }));
  whole = await (await get()).bytes();
});
afterAll(() => end());
beforeEach(() => youtube.failures.clear());

describe('the media server', () => {
  test('sends a range that is asked for in the header', async () => {
    const part = await get('bytes=100-199');

    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${whole.length}`]);
    expect(await part.bytes()).toEqual(whole.slice(100, 200));
  });

  test('sends the rest from a place on', async () => {
    expect(await (await get('bytes=1000-')).bytes()).toEqual(whole.slice(1000));
  });

  test('sends a range that is asked for in the address', async () => {
    const part = await get(undefined, '&range=5-9');

    expect(part.status).toBe(200);
    expect(await part.bytes()).toEqual(whole.slice(5, 10));
  });

  test('refuses a range behind the end', async () => {
    expect((await get(`bytes=${whole.length}-`)).status).toBe(416);
  });

  test('has no format that the video lacks', async () => {
    expect((await fetch(address().replace('itag=251', 'itag=140'))).status).toBe(404);
  });

  test('can tear every connection at the middle of the file', async () => {
    youtube.failures.add({ failure: 'torn' });

    await expect((await get()).bytes()).rejects.toThrow('terminated');
    await expect((await get(`bytes=${whole.length - 1}-`)).bytes()).rejects.toThrow('terminated');
  });

  test('can send half and then nothing for ever', async () => {
    youtube.failures.add({ failure: 'stall' });
    const stop = new AbortController();
    const { body } = await fetch(address(), { signal: stop.signal });
    // fetch's body has chunks of any type; it reads bytes.
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();

    let received = 0;
    while (received <= whole.length / 2) received += (await reader?.read())?.value?.length ?? Infinity;
    const more = reader?.read();
    stop.abort();

    expect(received).toBe(Math.floor(whole.length / 2) + 1);
    await expect(more).rejects.toThrow('aborted');
  });

  test('can be slow, and still sends all', async () => {
    youtube.failures.add({ failure: 'slow' });

    expect(await (await get('bytes=0-2999')).bytes()).toEqual(whole.slice(0, 3000));
  });
});
