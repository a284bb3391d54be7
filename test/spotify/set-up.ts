import { afterEach } from 'vitest';
import { createCatalogue, type DemoCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn, type SpotifyStandIn } from '../stand-ins/spotify-stand-in.ts';
import type { Cohort } from '../stand-ins/spotify-clients.ts';
import { HarmoniError } from '../../src/errors.ts';
import type { PageCheckpoints } from '../../src/spotify/checkpoints.ts';
import { createSpotifyClient, type SpotifyClient } from '../../src/spotify/client.ts';
import { createHttp } from '../../src/system/http.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createTestClock, type TestClock } from '../helpers/clock.ts';

export function demoTracks(count: number): Track[] {
  return Array.from({ length: count }, (_, index) => ({
    artists: [`Artist ${index % 7}`, 'Guest'],
    artist: `Artist ${index % 7}, Guest`,
    track: `Song ${index}`,
    album: `Album ${index % 7}`,
    releaseDate: '2019-05-31',
    durationMs: 200_000 + index,
    trackNumber: index + 1,
    trackTotal: count,
    discNumber: 1,
    isrc: `ZZTST${String(index).padStart(7, '0')}`,
    explicit: index % 2 === 0,
  }));
}

export interface Scene {
  readonly standIn: SpotifyStandIn;
  readonly client: SpotifyClient;
  readonly clock: TestClock;
  readonly refreshes: () => number;
  readonly pauses: number[];
}

export interface SceneOptions {
  readonly catalogue?: DemoCatalogue;
  readonly cohort?: Cohort;
  readonly scopes?: readonly string[];
  readonly checkpoints?: PageCheckpoints;
  readonly latencyMs?: number;
  readonly maxRetries?: number;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A stand-in with a signed-in client on it; both end with the test. */
export async function setScene(options: SceneOptions = {}): Promise<Scene> {
  const standIn = await startSpotifyStandIn({
    catalogue: options.catalogue ?? createCatalogue(demoTracks(20)),
    clients: [{ ...demoClient, cohort: options.cohort ?? 'new' }],
    ...(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs }),
  });
  const http = createHttp();
  open.push(
    () => http.close(),
    () => standIn.close(),
  );
  const clock = createTestClock();
  const pauses: number[] = [];
  const signIn = (): string =>
    standIn.signIn(options.scopes === undefined ? {} : { scopes: options.scopes }).access_token;
  let token = signIn();
  let refreshes = 0;
  const client = createSpotifyClient({
    http,
    clock,
    apiUrl: standIn.url,
    random: () => 0.5,
    settings: { maxRetries: options.maxRetries ?? 5, backoffBaseMs: 1_000, retryJitter: 0.25 },
    getAccessToken: async ({ forceRefresh = false } = {}) => {
      if (forceRefresh) {
        refreshes += 1;
        token = signIn();
      }
      return token;
    },
    onPause: (untilMs) => pauses.push(untilMs),
    ...(options.checkpoints === undefined ? {} : { checkpoints: options.checkpoints }),
  });
  return { standIn, client, clock, pauses, refreshes: () => refreshes };
}

export function playlistNamed(standIn: SpotifyStandIn, name: string): DemoCatalogue['playlists'][number] {
  const found = standIn.catalogue.playlists.find((playlist) => playlist.name === name);
  if (found === undefined) throw new Error(`no playlist ${name}`);
  return found;
}

/** What a promise fails with. */
export async function failureOf(work: Promise<unknown>): Promise<HarmoniError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof HarmoniError) return error;
  throw new Error('expected a HarmoniError', { cause: error });
}
