import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttp, type Http } from '../../src/system/http.ts';
import { startServer } from '../helpers/http-server.ts';

function http(options: Parameters<typeof createHttp>[0] = {}): Http {
  const made = createHttp(options);
  onTestFinished(() => made.close());
  return made;
}

describe('an answer', () => {
  test.each([200, 204, 404, 429, 500])('of status %d is an answer', async (status) => {
    const url = await startServer((_request, response) => response.writeHead(status).end());
    expect((await http().request({ url })).status).toBe(status);
  });

  test('has the body and the headers by lower-case name, doubled ones joined', async () => {
    const url = await startServer((_request, response) => {
      response.writeHead(200, { 'Retry-After': '7', 'Set-Cookie': ['a=1', 'b=2'] }).end('grüß');
    });
    const { body, headers } = await http().request({ url });
    expect(body.toString('utf8')).toBe('grüß');
    expect(headers).toMatchObject({ 'retry-after': '7', 'set-cookie': 'a=1, b=2' });
  });

  test('carries what was sent: method, headers, body', async () => {
    const url = await startServer((request, response) => {
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => response.end(`${request.method} ${String(request.headers['x-a'])} ${body}`));
    });
    const { body } = await http().request({ url, method: 'PUT', headers: { 'X-A': 'b' }, body: 'c' });
    expect(body.toString()).toBe('PUT b c');
  });
});

describe('a failure', () => {
  test('to connect is told with the host and without the path', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // A server that listens on a TCP port has an AddressInfo.
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const request = http().request({ url: `http://127.0.0.1:${port}/secret?code=1` });
    await expect(request).rejects.toMatchObject({
      code: 'network-unreachable',
      message: `127.0.0.1:${port} can't be reached (ECONNREFUSED).`,
    });
  });

  test('is an answer that is torn off', async () => {
    const url = await startServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half', () => response.destroy());
    });
    await expect(http().request({ url })).rejects.toMatchObject({ code: 'network-unreachable' });
  });

  test('is silence before the headers', async () => {
    const url = await startServer(() => undefined);
    await expect(http({ timeoutMs: 50 }).request({ url })).rejects.toMatchObject({ code: 'network-timeout' });
  });

  test('is silence in the middle of the body', async () => {
    const url = await startServer((_request, response) => void response.write('half'));
    await expect(http().request({ url, timeoutMs: 50 })).rejects.toMatchObject({ code: 'network-timeout' });
  });

  test('is a body that is too large, and the rest is not read', async () => {
    const closed = Promise.withResolvers<undefined>();
    const url = await startServer((_request, response) => {
      response.on('close', () => closed.resolve(undefined));
      response.on('error', () => undefined);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    await expect(http().request({ url, maxBytes: 100_000 })).rejects.toMatchObject({
      code: 'response-not-understood',
    });
    await closed.promise;
  });

  test('is no answer in HTTP at all', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-hello\r\n')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    // A server that listens on a TCP port has an AddressInfo.
    const { port } = server.address() as AddressInfo;
    await expect(http().request({ url: `http://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'network-unreachable',
    });
  });
});

describe('a signal', () => {
  test('that is aborted ends the request with its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const url = await startServer(() => controller.abort(reason));
    await expect(http().request({ url, signal: controller.signal })).rejects.toBe(reason);
  });

  test('that was aborted before keeps the request from being sent', async () => {
    let requests = 0;
    const url = await startServer((_request, response) => {
      requests += 1;
      response.end();
    });
    await expect(http().request({ url, signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
      'before',
    );
    expect(requests).toBe(0);
  });
});

describe('a redirect', () => {
  const hops = (count: number) =>
    startServer((request, response) => {
      const at = Number(request.url?.slice(1));
      if (at < count) response.writeHead(302, { Location: `/${at + 1}` }).end();
      else response.end('there');
    });

  test('is not followed without being asked to', async () => {
    expect((await http().request({ url: `${await hops(1)}/0` })).status).toBe(302);
  });

  test('is followed as often as allowed', async () => {
    const url = `${await hops(3)}/0`;
    expect((await http().request({ url, redirects: 3 })).body.toString()).toBe('there');
    expect((await http().request({ url, redirects: 2 })).status).toBe(302);
  });

  test.each(['file:///etc/passwd', 'http://', 'http://[bad'])('to %s leads nowhere', async (location) => {
    const url = await startServer((_request, response) =>
      response.writeHead(302, { Location: location }).end(),
    );
    await expect(http().request({ url, redirects: 1 })).rejects.toMatchObject({
      code: 'network-unreachable',
    });
  });
});

describe('a proxy', () => {
  /** A proxy that answers for every name, and says what it was asked. */
  async function startProxy(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const there = await startServer((request, response) =>
      response.end(`from ${String(request.headers.host)}`),
    );
    const { port } = new URL(there);
    const proxy = createHttpServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('by the proxy');
    });
    proxy.on('connect', (request, socket: Duplex) => {
      asked.push(request.url ?? '');
      const onward = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      proxy.close();
      proxy.closeAllConnections();
    });
    // A server that listens on a TCP port has an AddressInfo.
    return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
  }

  test.each(['http_proxy', 'HTTP_PROXY'])('in %s is used', async (name) => {
    const { url, asked } = await startProxy();
    const { status } = await http({ env: { [name]: url } }).request({ url: 'http://files.example/a' });
    expect(status).toBe(200);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('files.example');
  });

  test('is not used for this machine, nor for what no_proxy names', async () => {
    const { url, asked } = await startProxy();
    const there = await startServer((_request, response) => response.end('direct'));
    const made = http({ env: { http_proxy: url, no_proxy: 'nowhere.invalid' }, connectTimeoutMs: 500 });
    expect((await made.request({ url: there })).body.toString()).toBe('direct');
    await expect(made.request({ url: 'http://nowhere.invalid/' })).rejects.toMatchObject({
      code: 'network-unreachable',
    });
    expect(asked).toEqual([]);
  });
});

test("a company's certificate that is not known is named as such, with what to do", async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
  const server = createHttpsServer({ key, cert }, (_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  await expect(http().request({ url: `https://127.0.0.1:${port}/` })).rejects.toMatchObject({
    code: 'network-unreachable',
    message: `The certificate of 127.0.0.1:${port} isn't trusted (DEPTH_ZERO_SELF_SIGNED_CERT).`,
    fix: "Set NODE_EXTRA_CA_CERTS to your company's certificate file.",
  });
});

test('a redirect to another host does not take the login along', async () => {
  const got: (string | undefined)[] = [];
  const other = await startServer((request, response) => {
    got.push(request.headers.authorization);
    response.end('there');
  });
  const url = await startServer((request, response) => {
    got.push(request.headers.authorization);
    response.writeHead(302, { location: request.url === '/a' ? '/b' : other }).end();
  });
  await http().request({ url: `${url}/a`, redirects: 3, headers: { Authorization: 'Basic abc' } });
  expect(got).toEqual(['Basic abc', 'Basic abc', undefined]);
});
