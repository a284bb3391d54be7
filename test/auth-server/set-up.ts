import { configSchema } from '../../src/config/schema.ts';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn, type StandInOptions } from '../stand-ins/spotify-stand-in.ts';
import { startAuthServer } from '../../src/auth-server/server.ts';
import type { AuthServerSettings } from '../../src/auth-server/settings.ts';
import type { SignInDeps } from '../../src/auth/sign-in-method.ts';
import { setUp } from '../auth/set-up.ts';
import { createTestClock } from '../helpers/clock.ts';

export const clientSecret = 'SECRET-OF-THE-APP';
export const proxyUrl = 'https://pair.example.org';

/** The auth server on a free port, with the stand-in of Spotify behind it and a clock that the test moves. */
export async function setUpServer(
  change: Partial<AuthServerSettings> = {},
  options: { requestTimeoutMs?: number; spotify?: Partial<StandInOptions> } = {},
) {
  const spotify = await startSpotifyStandIn({
    catalogue: createCatalogue([]),
    clients: [
      {
        ...demoClient,
        secret: clientSecret,
        redirectUris: ['http://127.0.0.1/callback', `${proxyUrl}/callback`],
      },
    ],
    approval: 'agree',
    ...options.spotify,
  });
  const parts = setUp({ spotify_accounts_url: spotify.url });
  parts.secret(clientSecret);
  const settings: AuthServerSettings = {
    port: 0,
    host: '127.0.0.1',
    publicUrl: undefined,
    redirectUris: ['http://127.0.0.1/callback'],
    clientId: demoClient.id,
    clientSecret,
    tokenKey: undefined,
    ...change,
  };
  const server = await startAuthServer(settings, parts.deps, options);
  const url = `http://127.0.0.1:${server.port}`;

  /** Sends a form, or asks for a page; redirects are shown and not followed. From an address of the proxy's telling. */
  async function ask(path: string, form?: Record<string, string>, from = '192.0.2.1', cookie = '') {
    return fetch(new URL(path, url), {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { 'x-forwarded-for': from, ...(cookie === '' ? {} : { cookie }) },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
  }

  return {
    server,
    spotify,
    parts,
    url,
    ask,
    /** What a box gets at the start. */
    async startBox(from?: string) {
      const answer = await ask('/pair/start', {}, from);
      // Our own server's answer, as its own code writes it.
      const codes = (await answer.json()) as Record<'device_code' | 'user_code', string>;
      parts.secret(codes.device_code);
      return { deviceCode: codes.device_code, userCode: codes.user_code };
    },
    async poll(deviceCode: string, from?: string) {
      const answer = await ask('/pair/poll', { device_code: deviceCode }, from);
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    /** Enters the code; where the phone is sent to then, and the cookie that it got. */
    async enterCode(userCode: string, from?: string) {
      const answer = await ask('/pair', { code: userCode }, from);
      await answer.text();
      const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      return { status: answer.status, location: answer.headers.get('location') ?? '', cookie };
    },
    /** Agrees at Spotify; the path and query of the callback. */
    async agree(location: string) {
      const answer = await fetch(location, { redirect: 'manual' });
      const target = new URL(answer.headers.get('location') ?? '');
      return target.pathname + target.search;
    },
    async end() {
      await server.close();
      parts.secret(...spotify.secrets);
      await spotify.close();
      await parts.end();
    },
  };
}

export type ServerSetUp = Awaited<ReturnType<typeof setUpServer>>;

/** The settings of a box that pairs with this server. */
function boxConfig(url: string) {
  return configSchema.parse({ spotify_auth_server_url: url });
}

/** A box that signs in by the server at `url`; its next poll waits for `mayPoll`. */
export function createBox(url: string) {
  const parts = setUp();
  const gate = Promise.withResolvers<undefined>();
  const clock = createTestClock({ onSleep: () => gate.promise });
  const deps: SignInDeps = { ...parts.deps, config: boxConfig(url), clock };
  return { parts, deps, mayPoll: () => gate.resolve(undefined) };
}
