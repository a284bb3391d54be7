import { createServer as createHttpsServer } from 'node:https';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { generate } from 'selfsigned';
import { createStandInProxy } from '../../stand-ins/soundcloud-proxy.ts';

export interface MusicProxy {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** The certificate that it shows, in PEM. */
  readonly certificate: string;
  /** Says on stderr what else was asked for. */
  close(): void;
}

const host = 'music.youtube.com';

/**
 * Leads a program that knows YouTube Music by its name alone to a stand-in: it is told of this proxy and of the certificate
 * by the variables that every HTTP library reads. Everything but YouTube Music and this machine is refused.
 * @param musicUrl the stand-in's
 */
export async function startMusicProxy(musicUrl: string): Promise<MusicProxy> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  });
  const https = createHttpsServer({ key, cert }, (request, response) => {
    const { method, headers } = request;
    const url = new URL(request.url ?? '/', musicUrl);
    const there = httpRequest(url, { ...(method === undefined ? {} : { method }), headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, () => undefined);
    });
    there.on('error', () => response.destroy());
    request.pipe(there);
  });
  const sockets = new Set<Duplex>();
  const refused = new Set<string>();
  const proxy = createStandInProxy({
    isOurs: (asked) => asked === host,
    handOver: (socket) => https.emit('connection', socket),
    onRefused: (target) => refused.add(target),
  });
  proxy.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    certificate: cert,
    close() {
      if (refused.size > 0) console.error(`Asked for, and refused: ${[...refused].join(', ')}`);
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
