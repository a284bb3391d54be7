import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sayLeftOut } from '../helpers/left-out.ts';
import { realTools } from '../helpers/world.ts';
import { ffmpegPath, shortTrack, ytdlp, type YtdlpRun } from '../demo/run-ytdlp.ts';
import { makeSoundCloudCatalogue, type SoundCloudTrack, type TrackState } from './soundcloud-catalogue.ts';
import type { SoundCloudFailureRule } from './soundcloud-failures.ts';
import { startSoundCloudStandIn, type SoundCloudStandIn } from './soundcloud.ts';

// SoundCloud of today needs a yt-dlp of today; soundcloud-failures.ts has the words of older ones.
const { ytDlpVersion } = await realTools();
const isOlder = ytDlpVersion < '2026.08';
if (isOlder) sayLeftOut("SoundCloud's failures in yt-dlp's words", `yt-dlp ${ytDlpVersion} says others`);
const describeToday = describe.skipIf(isOlder);

const catalogue = makeSoundCloudCatalogue(
  Array.from({ length: 12 }, (_, index) => shortTrack(`Song ${index}`, { durationMs: 45_000 })),
  { lookalikes: [] },
);
let soundcloud: SoundCloudStandIn;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmoni-soundcloud-'));
  soundcloud = await startSoundCloudStandIn({ catalogue, ffmpegPath, cacheDir: join(folder, 'tones') });
});
afterAll(async () => {
  await soundcloud.close();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  soundcloud.failures.clear();
  soundcloud.resetStates();
  soundcloud.requests.clear();
});

const right = (index: number): SoundCloudTrack => {
  const found = catalogue.shelves[index]?.right;
  if (found === undefined) throw new Error(`Song ${index} is missing.`);
  return found;
};
const apiUrl = (track: SoundCloudTrack): string => `https://api.soundcloud.com/tracks/${track.id}`;

/** What yt-dlp says of its own age is no complaint. */
const complaints = ({ errors }: YtdlpRun): string[] =>
  errors.split('\n').filter((line) => /^(?:ERROR:|WARNING: \[)/.test(line));

/** What the real yt-dlp prints (2026.10.26) after "ERROR: "; ID is the track's. `warned`: and before it, after "WARNING: ". */
interface Expected {
  readonly does: TrackState | SoundCloudFailureRule;
  readonly said: string;
  readonly warned?: string;
}

const trackFailures: readonly Expected[] = [
  {
    does: 'blocked',
    said: '[soundcloud] This video is not available from your location due to geo restriction',
  },
  {
    does: 'drm',
    said: '[soundcloud] ID: This video is DRM protected',
    warned: '[soundcloud] ID: hls_mp3 format not found',
  },
  {
    does: 'gone',
    said: '[soundcloud] ID: Unable to download JSON metadata: HTTP Error 404: Not Found (caused by <HTTPError 404: Not Found>)',
  },
  {
    does: { failure: 'too-many-requests', on: 'track' },
    said: '[soundcloud] ID: Unable to download JSON metadata: HTTP Error 429: Too Many Requests (caused by <HTTPError 429: Too Many Requests>)',
  },
  {
    does: { failure: 'too-many-requests', on: 'stream' },
    said: 'HTTP Error 429: Too Many Requests',
    warned: '[soundcloud] You have reached the API rate limit, which is ~600 requests per 10 minutes.',
  },
  {
    does: { failure: 'forbidden', on: 'stream' },
    said: '[soundcloud] ID: Unable to download JSON metadata: HTTP Error 403: Forbidden (caused by <HTTPError 403: Forbidden>)',
  },
  {
    does: { failure: 'not-found', on: 'stream' },
    said: '[soundcloud] ID: No video formats found!',
    warned: '[soundcloud] ID: http_mp3 format not found',
  },
  {
    does: { failure: 'server-error', on: 'track' },
    said: '[soundcloud] ID: Unable to download JSON metadata: HTTP Error 500: Internal Server Error (caused by <HTTPError 500: Internal Server Error>)',
  },
  { does: { failure: 'html', on: 'track' }, said: '[soundcloud] ID: Failed to parse JSON (caused by' },
  {
    does: { failure: 'reset', on: 'track' },
    said: '[soundcloud] ID: Error reading response: 1 bytes read, 999 more expected (caused by',
  },
  {
    does: { failure: 'forbidden', on: 'm3u8' },
    said: 'unable to download video data: HTTP Error 403: Forbidden',
  },
  {
    does: { failure: 'forbidden', on: 'media' },
    said: '\r[download] Got error: HTTP Error 403: Forbidden. Giving up after 1 retries\nERROR: fragment 1 not found, unable to continue',
  },
];

/** One track each; one process of yt-dlp for all. */
describeToday('of a track the real yt-dlp says', () => {
  let run: YtdlpRun;

  beforeAll(async () => {
    trackFailures.forEach(({ does }, index) => {
      if (typeof does === 'string') soundcloud.setState(right(index), does);
      else soundcloud.failures.add({ ...does, trackId: right(index).id });
    });
    const urls = trackFailures.map((_, index) => apiUrl(right(index)));
    const args = ['-f', 'bestaudio', '-P', folder, '-o', '%(id)s.%(ext)s', '--abort-on-unavailable-fragment'];
    run = await ytdlp(soundcloud, ...args, '--', ...urls);
  });

  test.each(trackFailures.map((each, index) => ({ ...each, index })))('$said ($does)', (expected) => {
    const here = (words: string): string => words.replace('ID', `${right(expected.index).id}`);

    expect(run.errors).toContain(`ERROR: ${here(expected.said)}`);
    if (expected.warned !== undefined) expect(run.errors).toContain(`WARNING: ${here(expected.warned)}`);
    expect(run.code).toBe(1);
  });
});

describeToday('of a search the real yt-dlp says', () => {
  const search = (): Promise<YtdlpRun> =>
    ytdlp(soundcloud, '--flat-playlist', '--print', '%(id)s %(duration)s', 'scsearch1:song 0');

  test.each<{ rule: SoundCloudFailureRule; said: string }>([
    {
      rule: { failure: 'too-many-requests', on: 'search' },
      said: 'song 0: Unable to download API page: HTTP Error 429: Too Many Requests (caused by <HTTPError 429: Too Many Requests>)',
    },
    {
      rule: { failure: 'client-id-expired' },
      said: 'song 0: Unable to download API page: HTTP Error 401: Unauthorized (caused by <HTTPError 401: Unauthorized>)',
    },
    { rule: { failure: 'no-client-id' }, said: '[soundcloud:search] Unable to extract client id;' },
    {
      rule: { failure: 'forbidden', on: 'page' },
      said: '[soundcloud:search] Unable to download webpage: HTTP Error 403: Forbidden (caused by <HTTPError 403: Forbidden>)',
    },
    { rule: { failure: 'rubbish', on: 'search' }, said: 'song 0: Failed to parse JSON (caused by' },
  ])('$said', async ({ rule, said }) => {
    soundcloud.failures.add(rule);

    const run = await search();

    expect(run.errors).toContain(`ERROR: ${said}`);
    expect(run).toMatchObject({ code: 1, lines: [] });
  });

  test('nothing where it finds nothing', async () => {
    soundcloud.failures.add({ failure: 'no-results' });

    const run = await search();

    expect(run).toMatchObject({ code: 0, lines: [] });
    expect(complaints(run)).toEqual([]);
  });

  test('nothing of a client id that expired once: it fetches another one', async () => {
    soundcloud.failures.add({ failure: 'client-id-expired', times: 1 });

    const run = await search();

    expect(run).toMatchObject({ code: 0, lines: [`${right(0).id} 45.0`] });
    expect(complaints(run)).toEqual([]);
    expect(soundcloud.requests.count('page')).toBe(2);
  });

  test('that a preview lasts 30 s, and not how long the track is', async () => {
    soundcloud.setState(right(0), 'preview');

    expect((await search()).lines).toEqual([`${right(0).id} 30.0`]);
  });
});

describeToday('the real yt-dlp', () => {
  const download = (name: string, ...args: string[]): Promise<YtdlpRun> => {
    const fixed = ['--fixup', 'never', '--no-simulate', '--print', 'after_move:%(format_id)s %(duration)s'];
    return ytdlp(soundcloud, ...fixed, '-o', join(folder, name), ...args, '--', apiUrl(right(0)));
  };

  test('downloads a preview without a word', async () => {
    soundcloud.setState(right(0), 'preview');

    const run = await download('preview.mp3');

    expect(run).toMatchObject({ code: 0, lines: ['http_mp3_0_1_preview 30.0'] });
    expect(complaints(run)).toEqual([]);
    expect(await secondsOf('preview.mp3')).toBeCloseTo(30, 0);
  });

  test('leaves out a segment that is lost without a word, if it is not told to abort', async () => {
    soundcloud.failures.add({ failure: 'not-found', on: 'media', segment: 1 });

    const run = await download('hole.opus', '-f', 'hls_opus_0_0');

    expect(run).toMatchObject({ code: 0, lines: ['hls_opus_0_0 45.0'] });
    expect(complaints(run)).toEqual([]);
    const [whole] = catalogue.shelves.flatMap(({ results }) => results);
    expect((await stat(join(folder, 'hole.opus'))).size).toBeLessThan((whole?.durationMs ?? 0) * 14);
  });

  test.each([
    { failure: 'torn', said: /more expected\. Giving up after 1 retries/ },
    { failure: 'stall', said: /Read timed out\.\. Giving up after 1 retries/ },
    { failure: 'empty-file', said: /Did not get any data blocks/ },
  ] as const)('gives up a file that is $failure', async ({ failure, said }) => {
    soundcloud.failures.add({ failure });

    const run = await download(`${failure}.mp3`, '-f', 'http_mp3_1_0', '--socket-timeout', '3');

    expect(run.errors).toMatch(said);
    expect(run.code).toBe(1);
  });

  async function secondsOf(name: string): Promise<number | undefined> {
    return (await parseFile(join(folder, name), { duration: true })).format.duration;
  }
});
