import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSoundCloud } from '../../../src/providers/soundcloud/soundcloud.ts';
import { addressesFromStdin, downloadArgs } from '../../../src/providers/ytdlp/arguments.ts';
import { downloadMedia, type DownloadEvent } from '../../../src/providers/ytdlp/download-media.ts';
import { startYtDlp } from '../../../src/providers/ytdlp/process.ts';
import { shortTrack } from '../../demo/run-ytdlp.ts';
import { realTools } from '../../helpers/world.ts';
import { makeSoundCloudCatalogue, type SoundCloudTrack } from '../../stand-ins/soundcloud-catalogue.ts';
import { setUrl, trackUrl } from '../../stand-ins/soundcloud-json.ts';
import { shortUrl, startSoundCloudStandIn, type SoundCloudStandIn } from '../../stand-ins/soundcloud.ts';

const { signal } = new AbortController();
const tools = await realTools();
const songs = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh'];
const catalogue = makeSoundCloudCatalogue(
  songs.map((name) => shortTrack(`${name} Song`, { durationMs: 45_000 })),
  { uploader: (_, index) => (index === 1 ? 'fan' : 'artist') },
);
let soundcloud: SoundCloudStandIn;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmoni-soundcloud-'));
  soundcloud = await startSoundCloudStandIn({
    catalogue,
    ffmpegPath: tools.ffmpeg,
    cacheDir: join(tmpdir(), 'harmoni-test-sounds'),
  });
});
afterAll(async () => {
  await soundcloud.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  soundcloud.resetStates();
  soundcloud.failures.clear();
  soundcloud.requests.clear();
});

const settings = () => ({ extraArgs: soundcloud.ytdlpArgs(), ffmpegPath: tools.ffmpeg });
const provider = createSoundCloud({
  ytDlp: () => Promise.resolve({ path: tools.ytDlp, settings: settings() }),
  silenceMs: 60_000,
});

function right(index: number): SoundCloudTrack {
  const found = catalogue.shelves[index]?.right;
  if (found === undefined) throw new Error(`Song ${index} is missing.`);
  return found;
}
const idOf = (track: SoundCloudTrack): string => `${track.user.permalink}/${track.permalink}`;

describe('its search', () => {
  test('gives uploads by their page, with who uploaded them and how long they are', async () => {
    const [first, remix] = await provider.search('plain', 'some band first song', signal);
    expect(first).toEqual({
      media: { provider: 'soundcloud', id: idOf(right(0)) },
      url: trackUrl(right(0)),
      title: 'First Song',
      kind: 'audio',
      place: 'SoundCloud',
      artists: ['Some Band'],
      channel: 'Some Band',
      durationMs: 45_000,
      viewCount: right(0).playbackCount,
    });
    expect(remix).toMatchObject({ title: 'Some Band - First Song (Bedroom Remix) [FREE DL]' });
    expect(soundcloud.requests.count('search')).toBe(1);
    expect(soundcloud.requests.count('track')).toBe(0);
  });

  test('without a hit is empty and no failure', async () => {
    expect(await provider.search('plain', 'zzzzzz', signal)).toEqual([]);
  });
});

describe('a link', () => {
  test('to a track is one song, and asks for no stream', async () => {
    expect(await provider.readList(`${trackUrl(right(1))}?si=1`, signal)).toEqual({
      name: 'Some Band - Second Song',
      entries: [
        {
          id: idOf(right(1)),
          title: 'Some Band - Second Song',
          channel: right(1).user.username,
          durationMs: 45_000,
        },
      ],
    });
    expect(soundcloud.requests.count('stream')).toBe(0);
  });

  test('to a set is all its tracks in order, those too that the set names by number alone', async () => {
    const [set] = catalogue.sets;
    if (set === undefined) throw new Error('There is no set.');
    soundcloud.setState(right(2), 'drm');
    const list = await provider.readList(setUrl(set), signal);
    expect(list).toMatchObject({
      name: set.title,
      origin: `soundcloud:set:${set.user.permalink}/${set.permalink}`,
    });
    expect(list.entries.map(({ id, title }) => [id, title])).toEqual(
      set.tracks.map((track) => [idOf(track), track.title]),
    );
    expect(soundcloud.requests.count('stream')).toBe(0);
  });

  test('that is short leads to its track', async () => {
    const list = await provider.readList(shortUrl(right(4)), signal);
    expect(list).toMatchObject({ name: right(4).title, entries: [{ id: idOf(right(4)) }] });
    expect(list.origin).toBeUndefined();
  });

  test('to what is gone says so', async () => {
    soundcloud.setState(right(0), 'gone');
    await expect(provider.readList(trackUrl(right(0)), signal)).rejects.toMatchObject({
      code: 'video-unavailable',
      message: 'The track is no longer available.',
    });
  });
});

describe('a download', () => {
  async function download(
    ...tracks: readonly SoundCloudTrack[]
  ): Promise<readonly (readonly [string, string])[]> {
    const requests = tracks.map((track) => ({ id: idOf(track), url: provider.url(idOf(track)) }));
    const events: DownloadEvent[] = [];
    const args = [...downloadArgs(folder, 'any', settings()), ...addressesFromStdin];
    await downloadMedia(startYtDlp(tools.ytDlp, args), requests, {
      service: provider,
      signal,
      silenceMs: 60_000,
      onEvent: (event) => events.push(event),
    });
    return events.flatMap((event): [string, string][] => {
      if (event.type === 'failed') return [[event.id, event.failure.message]];
      return event.type === 'done' ? [[event.id, 'done']] : [];
    });
  }

  test('of several tells of each by its page, whatever yt-dlp calls it', async () => {
    expect(await download(right(0), right(1))).toEqual([
      [idOf(right(0)), 'done'],
      [idOf(right(1)), 'done'],
    ]);
  });

  test('never takes what is for subscribers, copy-protected, not for this country or gone, and goes on', async () => {
    const states = ['preview', 'drm', 'blocked', 'gone'] as const;
    for (const [index, state] of states.entries()) soundcloud.setState(right(index), state);
    expect(new Map(await download(right(0), right(1), right(2), right(3), right(4)))).toEqual(
      new Map([
        [idOf(right(0)), 'The track has no audio to download.'],
        [idOf(right(1)), "The track is copy-protected, so it can't be downloaded."],
        [idOf(right(2)), "The track isn't available in your country."],
        [idOf(right(3)), 'The track is no longer available.'],
        [idOf(right(4)), 'done'],
      ]),
    );
    expect(soundcloud.requests.all.filter(({ kind }) => kind === 'media').length).toBeGreaterThan(0);
  });
});
