import { describe, expect, onTestFinished, test } from 'vitest';
import { createCovers, type Covers } from '../../src/downloads/covers.ts';
import { createHttp } from '../../src/system/http.ts';
import { startServer } from '../helpers/http-server.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const { signal } = new AbortController();

function covers(): Covers {
  const http = createHttp();
  onTestFinished(() => http.close());
  return createCovers(http);
}

describe('a cover', () => {
  test.each([
    ['image/jpeg', jpeg],
    ['image/png', png],
  ])('is %s by its first bytes, whatever the server says', async (mimeType, data) => {
    const url = await startServer((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(data),
    );
    expect(await covers().get(url, signal)).toEqual({ mimeType, data });
  });

  test.each(['<html>', '', 'GIF89a'])('that is %j is none', async (body) => {
    const url = await startServer((_request, response) => response.end(body));
    expect(await covers().get(url, signal)).toBeUndefined();
  });

  test('that is not there is none, and no failure', async () => {
    const url = await startServer((_request, response) => response.writeHead(404).end(jpeg));
    expect(await covers().get(url, signal)).toBeUndefined();
  });

  test('that is too large is none', async () => {
    const url = await startServer((_request, response) =>
      response.end(Buffer.concat([jpeg, Buffer.alloc(11 * 2 ** 20)])),
    );
    expect(await covers().get(url, signal)).toBeUndefined();
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
    const all = covers();
    await Promise.all(Array.from({ length: 20 }, () => all.get(url, signal)));
    await all.get(url, signal);
    expect(requests).toBe(1);
  });
});

test('a signal ends the wait with its reason', async () => {
  const controller = new AbortController();
  const reason = new Error('cancelled');
  const url = await startServer(() => controller.abort(reason));
  await expect(covers().get(url, controller.signal)).rejects.toBe(reason);
});
