import { randomBytes } from 'node:crypto';
import { InvalidArgumentError, type Command } from 'commander';
import type { SpotifyConfig } from '../auth/sign-in-method.ts';
import type { Clock } from '../system/clock.ts';
import type { Http } from '../system/http.ts';
import type { Log } from '../system/log.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { Output } from '../ui/output.ts';

export interface AuthServerCommandFlags {
  readonly port?: number;
  readonly host?: string;
  readonly behindProxy?: string;
  readonly redirectUri?: readonly string[];
}

type Run = (parts: AuthServerParts, flags: AuthServerCommandFlags) => Promise<number>;

const defaultPort = 8889;
const defaultHost = '127.0.0.1';

/** harmoni auth-server: the helper that pairing and token swap need, until Ctrl+C. */
export function addAuthServerCommand(
  program: Command,
  withApp: (run: Run) => (...given: unknown[]) => Promise<void>,
): void {
  program
    .command('auth-server')
    .description('run a server that signs in machines without a browser')
    .option('--port <number>', `the port to listen on (default: ${defaultPort})`, portNumber)
    .option('--host <address>', `the address to listen on (default: ${defaultHost})`)
    .option('--behind-proxy <url>', "the proxy's https address, which people open")
    .option('--redirect-uri <uri...>', 'more redirect URIs that /swap accepts')
    .action(withApp(runAuthServer));
}

export interface AuthServerParts {
  readonly config: SpotifyConfig;
  readonly env: NodeJS.ProcessEnv;
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  readonly output: Output;
  readonly beginWork: () => WorkSignal;
}

/** Returns the exit code. @throws HarmoniError auth-server-invalid, auth-server-port-busy, client-id-missing */
async function runAuthServer(parts: AuthServerParts, flags: AuthServerCommandFlags): Promise<number> {
  const { config, output } = parts;
  const { readSettings } = await import('../auth-server/settings.ts');
  const settings = readSettings(
    {
      port: flags.port ?? defaultPort,
      host: flags.host ?? defaultHost,
      behindProxy: flags.behindProxy,
      redirectUris: flags.redirectUri ?? [],
    },
    config,
    parts.env,
  );
  const { startAuthServer } = await import('../auth-server/server.ts');
  const work = parts.beginWork();
  try {
    const deps = { http: parts.http, clock: parts.clock, log: parts.log, randomBytes, config };
    const server = await startAuthServer(settings, deps);
    output.lines([
      {
        text: `The auth server is running on ${settings.host}, port ${server.port}. Press Ctrl+C to stop it.`,
        tone: 'ok',
      },
      { text: `For pairing, add this redirect URI to your Spotify app: ${server.url}/callback` },
      { text: `On the machine you want to sign in, set spotify_auth_server_url to ${server.url}` },
      settings.clientSecret === ''
        ? { text: "No client secret is set. Pairing works with PKCE, but /swap doesn't work.", tone: 'dim' }
        : { text: `For token swap, use ${server.url}/swap and ${server.url}/refresh`, tone: 'dim' },
      settings.tokenKey === undefined
        ? {
            text: 'Refresh tokens are sent unencrypted. Set HARMONI_AUTH_SERVER_KEY to encrypt them.',
            tone: 'dim',
          }
        : { text: 'Refresh tokens are sent encrypted.', tone: 'dim' },
    ]);
    output.document({ url: server.url, port: server.port });
    await new Promise<void>((resolve) => {
      if (work.signal.aborted) resolve();
      work.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await server.close();
    output.say('The auth server has stopped.');
    return 0;
  } finally {
    work.done();
  }
}

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new InvalidArgumentError('It must be a port from 0 to 65535 (0 for any free port).');
  }
  return Number(text);
}
