import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';
import { createToneStore } from '../../src/demo/tones.ts';
import { createSoundCloudAnswers } from './soundcloud-answers.ts';
import { isSoundCloudHost } from './soundcloud-calls.ts';
import type { SoundCloudCatalogue, SoundCloudTrack, TrackState } from './soundcloud-catalogue.ts';
import {
  createSoundCloudFailurePlan,
  type SoundCloudFailurePlan,
  type SoundCloudFailureRule,
} from './soundcloud-failures.ts';
import { createStandInProxy } from './soundcloud-proxy.ts';
import { createSoundCloudRequestLog, type SoundCloudRequestLog } from './soundcloud-requests.ts';
import { createSoundStore, makePicture } from './soundcloud-sounds.ts';

export interface SoundCloudStandInOptions {
  readonly catalogue: SoundCloudCatalogue;
  readonly ffmpegPath: string;
  /** Where the sounds are kept; several stand-ins, also of YouTube, may share it. */
  readonly cacheDir: string;
  /** Before each answer. */
  readonly latencyMs?: number;
  /** Of each connection that sends sound; default as fast as it goes. */
  readonly bytesPerSecond?: number;
  /** Rows on a page of search results, however many were asked for. */
  readonly mostPerPage?: number;
  readonly failures?: readonly SoundCloudFailureRule[];
}

export interface SoundCloudStandIn {
  readonly catalogue: SoundCloudCatalogue;
  /** http://127.0.0.1:PORT; it leads to the stand-in, and to whatever else listens on this machine. */
  readonly proxyUrl: string;
  /**
   * The arguments that lead the real yt-dlp to the stand-in; nothing of yt-dlp is faked. They go together with those of the
   * YouTube stand-in. Add "--cache-dir DIR" to let yt-dlp keep the client id between its runs, as it does for users.
   */
  ytdlpArgs(): string[];
  readonly requests: SoundCloudRequestLog;
  readonly failures: SoundCloudFailurePlan;
  /** What was asked of the proxy that is neither SoundCloud nor this machine: "example.com:443". */
  readonly refused: readonly string[];
  /** From now on; all are `whole` at first. */
  setState(track: SoundCloudTrack, state: TrackState): void;
  /** All tracks are whole again. */
  resetStates(): void;
  /** The next request with the client id of today gets 401; the page has another one. */
  renewClientId(): void;
  close(): Promise<void>;
}

/** A stand-in of SoundCloud on free ports of 127.0.0.1, behind a proxy. */
export async function startSoundCloudStandIn(options: SoundCloudStandInOptions): Promise<SoundCloudStandIn> {
  const failures = createSoundCloudFailurePlan(options.failures);
  const requests = createSoundCloudRequestLog();
  const states = new Map<number, TrackState>();
  const refused: string[] = [];
  const clientId = createClientId();
  const answer = createSoundCloudAnswers({
    ...options,
    failures,
    requests,
    clientId,
    stateOf: ({ id }) => states.get(id) ?? 'whole',
    picture: () => makePicture(options.ffmpegPath),
    sounds: createSoundStore(options.ffmpegPath, createToneStore(options.ffmpegPath, options.cacheDir)),
  });

  // A key of elliptic curves is made in 20 ms.
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'soundcloud.com' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const https = createHttpsServer({ key, cert }, (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response).catch(() => response.destroy());
  });
  const sockets = new Set<Duplex>();
  const proxy = createStandInProxy({
    isOurs: isSoundCloudHost,
    handOver: (socket) => https.emit('connection', socket),
    onRefused: (target) => refused.push(target),
  });
  proxy.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  // A server that listens on a TCP port has an AddressInfo.
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  return {
    catalogue: options.catalogue,
    proxyUrl,
    requests,
    failures,
    refused,
    ytdlpArgs: () => ['--no-check-certificates', '--no-cache-dir', '--proxy', proxyUrl],
    setState: ({ id }, state) => void states.set(id, state),
    resetStates: () => states.clear(),
    renewClientId: () => clientId.renew(),
    async close() {
      const closed = new Promise((done) => proxy.close(done));
      // They were taken out of the server's hands by CONNECT, so it does not end them itself.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** https://on.soundcloud.com/CODE, as the app's share button gives it. */
export function shortUrl(track: SoundCloudTrack): string {
  return `https://on.soundcloud.com/${track.id.toString(36)}`;
}

/** 32 letters and digits, others after each renewal. */
function createClientId(): { current(): string; renew(): unknown } {
  let renewals = 0;
  return {
    current: () => createHash('sha256').update(`client ${renewals}`).digest('hex').slice(0, 32),
    renew: () => (renewals += 1),
  };
}
