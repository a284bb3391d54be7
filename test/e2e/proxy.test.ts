import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(1, { fromMs: 4_000 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
});
afterAll(() => world.close());

/** A proxy that lets only this name and password through, and notes where to. */
async function startProxy(): Promise<{ url: string; tunnels: string[] }> {
  const tunnels: string[] = [];
  const wanted = `Basic ${Buffer.from('me:TOPSECRET').toString('base64')}`;
  const proxy = createServer((_request, response) => response.writeHead(500).end());
  proxy.on('connect', (request, socket) => {
    if (request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    tunnels.push(request.url ?? '');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
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
  return { url: `http://me:TOPSECRET@127.0.0.1:${(proxy.address() as AddressInfo).port}`, tunnels };
}

test('the real yt-dlp goes through the proxy of the settings, and its password is shown nowhere', async () => {
  const { url, tunnels } = await startProxy();
  const set = await world.run(['config', 'set', 'proxy', url]);
  const show = await world.run(['config', 'show', '--json']);
  const id = world.youTube.catalogue.shelves[0]?.right?.videoId ?? '';
  const list = await world.run(['download', `https://youtu.be/${id}`, '--dry-run', '--json']);
  const { lists } = z
    .object({ lists: z.array(z.object({ tracks: z.array(z.object({ track: z.string() })) })) })
    .parse(list.json());
  expect(lists[0]?.tracks[0]?.track).toBe(tracks[0]?.track);
  expect(tunnels.length).toBeGreaterThan(0);
  for (const run of [set, show, list]) expect(run.stdout + run.stderr).not.toContain('TOPSECRET');
});
