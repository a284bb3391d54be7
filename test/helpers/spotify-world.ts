import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import {
  startSpotifyStandIn,
  type SpotifyStandIn,
  type StandInOptions,
} from '../stand-ins/spotify-stand-in.ts';
import { createWorld, finished, type Run, type World, type WorldOptions } from './world.ts';

/** A world with a Spotify account in it: two playlists, liked songs, and lists that cannot be read. */
export interface SpotifyWorld extends World {
  readonly spotify: SpotifyStandIn;
  /** Starts `harmoni login`; resolves as soon as it shows the address to sign in at. */
  login(args?: readonly string[]): Promise<Login>;
  /** Keeps what was printed for the search. */
  keep(...texts: readonly string[]): void;
  /** The secrets that the log, the store, what was printed or the list of processes gave away. Searches until now. */
  secretsSeen(): string[];
}

export interface Login {
  readonly url: string;
  /** Types a line. */
  type(line: string): void;
  readonly ended: Promise<Run>;
}

export async function createSpotifyWorld(
  options: WorldOptions & { readonly spotify?: Partial<StandInOptions> },
): Promise<SpotifyWorld> {
  const spotify = await startSpotifyStandIn({
    catalogue: createCatalogue(options.tracks),
    ...options.spotify,
  });
  const world = await createWorld({
    ...options,
    config: {
      spotify_client_id: demoClient.id,
      spotify_redirect_uri: 'http://127.0.0.1/callback',
      spotify_accounts_url: spotify.url,
      spotify_api_url: spotify.apiUrl,
      // Torn answers are asked for again, which the tests shall not wait for.
      spotify_backoff_base: 0.1,
      ...options.config,
    },
  });
  const kept: string[] = [];
  const processes = watchProcesses();
  const noting = async (ended: Promise<Run>): Promise<Run> => {
    const run = await ended;
    kept.push(run.stdout, run.stderr);
    return run;
  };
  return {
    ...world,
    spotify,
    run: (...given) => noting(world.run(...given)),
    async login(args = []) {
      const child = world.start(['login', ...args]);
      const ended = noting(finished(child));
      let printed = '';
      const url = await new Promise<string>((resolve, reject) => {
        child.stderr?.on('data', (chunk: Buffer) => {
          printed += chunk.toString();
          const found = /^http\S+\/authorize\S+$/m.exec(printed)?.[0];
          // The line after it says that the server listens.
          if (found !== undefined && /listens|paste/.test(printed)) resolve(found);
        });
        child.once('close', () => reject(new Error(`login ended:\n${printed}`)));
      });
      return { url, type: (line) => void child.stdin?.write(`${line}\n`), ended };
    },
    keep: (...texts) => void kept.push(...texts),
    secretsSeen() {
      const texts = [...kept, ...processes.seen(), ...filesBelow(world.folder)];
      return [...spotify.secrets].filter((secret) => texts.some((text) => text.includes(secret)));
    },
    async close() {
      processes.stop();
      await world.close();
      await spotify.close();
    },
  };
}

/** What everybody on the machine can read of every process: its arguments. Looks many times a second. */
export function watchProcesses(): { seen(): Iterable<string>; stop(): void } {
  const seen = new Set<string>();
  const look = (): void => {
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        seen.add(readFileSync(`/proc/${name}/cmdline`, 'utf8'));
      } catch {
        // It has just ended.
      }
    }
  };
  const timer = setInterval(look, 50);
  return { seen: () => seen, stop: () => clearInterval(timer) };
}

/** The token file is the one place for tokens; sounds hold none. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'spotify_tokens.json' && !/\.opus$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
