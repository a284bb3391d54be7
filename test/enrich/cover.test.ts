import { describe, expect, onTestFinished, test } from 'vitest';
import { createCoverEnricher, createCovers, type Covers } from '../../src/enrich/cover.ts';
import { createHttp } from '../../src/system/http.ts';
import { startServer } from '../helpers/http-server.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const { signal } = new AbortController();

/** Asks the service at `own` too, which runs on this machine. */
function covers(own?: string): Covers {
  const http = createHttp();
  onTestFinished(() => http.close());
  return createCovers(http, own === undefined ? [] : [`${own}/v1`]);
}

describe('a cover', () => {
  test.each([
    ['image/jpeg', jpeg],
    ['image/png', png],
  ])('is %s by its first bytes, whatever the server says', async (mimeType, data) => {
    const url = await startServer((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(data),
    );
    expect(await covers(url).get(url, signal)).toEqual({ mimeType, data });
  });

  test.each(['<html>', '', 'GIF89a'])('that is %j is none', async (body) => {
    const url = await startServer((_request, response) => response.end(body));
    expect(await covers(url).get(url, signal)).toBeUndefined();
  });

  test('that is not there is none, and no failure', async () => {
    const url = await startServer((_request, response) => response.writeHead(404).end(jpeg));
    expect(await covers(url).get(url, signal)).toBeUndefined();
  });

  test('that is too large is none', async () => {
    const url = await startServer((_request, response) =>
      response.end(Buffer.concat([jpeg, Buffer.alloc(11 * 2 ** 20)])),
    );
    expect(await covers(url).get(url, signal)).toBeUndefined();
  });

  test.each(['file:///etc/passwd', 'data:image/png;base64,iVBORw0KGgo=', '', 'javascript:1', 'http://'])(
    'at %j is none',
    async (url) => {
      expect(await covers().get(url, signal)).toBeUndefined();
    },
  );

  test('of a whole album is asked for once', async () => {
    let requests = 0;
    const url = await startServer((_request, response) => {
      requests += 1;
      response.end(jpeg);
    });
    const all = covers(url);
    await Promise.all(Array.from({ length: 20 }, () => all.get(url, signal)));
    await all.get(url, signal);
    expect(requests).toBe(1);
  });
});

test('the first address that has a cover gives it', async () => {
  const asked: string[] = [];
  const own = await startServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/1') response.writeHead(404).end(jpeg);
    else if (request.url === '/2') response.end('<html>');
    else response.end(png);
  });
  const http = createHttp();
  onTestFinished(() => http.close());
  const song = {
    track: { artists: [], artist: '', track: 'T' },
    media: { provider: 'youtube', id: 'a' },
    album: undefined,
    path: '/song',
    durationMs: 1,
  };
  const covers = createCoverEnricher({ http, services: [own] });
  const cover = { mimeType: 'image/png', data: png };
  const coverUrls = ['1', '2', '3', '4'].map((path) => `${own}/${path}`);
  expect(await covers.find({ ...song, coverUrls }, signal)).toEqual({ cover });
  expect(asked).toEqual(['/1', '/2', '/3']);
  expect(await covers.find({ ...song, coverUrls: coverUrls.slice(0, 2) }, signal)).toEqual({});
  expect(await covers.find({ ...song, coverUrls: [] }, signal)).toEqual({});
});

test('a signal ends the wait with its reason', async () => {
  const controller = new AbortController();
  const reason = new Error('cancelled');
  const url = await startServer(() => controller.abort(reason));
  await expect(covers(url).get(url, controller.signal)).rejects.toBe(reason);
});

describe('a cover in the own network', () => {
  /** A server that would give a cover, and the requests that reached it. */
  async function secretServer(): Promise<{ url: string; port: string; asked: () => number }> {
    let requests = 0;
    const url = await startServer((_request, response) => {
      requests += 1;
      response.end(jpeg);
    });
    return { url, port: new URL(url).port, asked: () => requests };
  }

  test.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    'localhost',
    'localhost.',
    'LOCALHOST',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    'user:secret@127.0.0.1',
  ])('at %s is not asked for', async (host) => {
    const { port, asked } = await secretServer();
    expect(await covers().get(`http://${host}:${port}/cover.jpg`, signal)).toBeUndefined();
    expect(asked()).toBe(0);
  });

  test('is not reached by a redirect of a service that may be asked', async () => {
    const secret = await secretServer();
    const own = await startServer((_request, response) =>
      response.writeHead(302, { location: `${secret.url}/cover.jpg` }).end(),
    );
    expect(await covers(own).get(own, signal)).toBeUndefined();
    expect(secret.asked()).toBe(0);
  });

  test('of another port than the service that is set is not asked for', async () => {
    const [own, secret] = [await secretServer(), await secretServer()];
    const all = covers(own.url);
    expect(await all.get(`${secret.url}/a`, signal)).toBeUndefined();
    expect(await all.get(`${own.url}/a`, signal)).toEqual({ mimeType: 'image/jpeg', data: jpeg });
    expect([secret.asked(), own.asked()]).toEqual([0, 1]);
  });
});
