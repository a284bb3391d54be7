import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeCatalogue } from '../../stand-ins/catalogue.ts';
import { startYouTubeStandIn } from '../../stand-ins/youtube-stand-in.ts';
import { createHttp } from '../../../src/system/http.ts';
import { createYouTube, type YouTubeDeps } from '../../../src/providers/youtube/youtube.ts';
import { startServer } from '../../helpers/http-server.ts';
import { ofVideo } from '../../helpers/media.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { realTools } from '../../helpers/world.ts';
import { page, row, shelf } from './music-rows.ts';

const { signal } = new AbortController();

function depsWith(
  path: string,
  more: Partial<YouTubeDeps> & { extraArgs?: readonly string[] } = {},
): YouTubeDeps {
  const http = createHttp();
  onTestFinished(() => http.close());
  return {
    http,
    musicUrl: 'http://127.0.0.1:9',
    silenceMs: 30_000,
    ytDlp: async () => ({ path, settings: { extraArgs: more.extraArgs ?? [] } }),
    ...more,
  };
}

/** A program that prints what it is told, in the place of yt-dlp. */
function scripted(script: string): string {
  const path = join(tempFolder(), 'yt-dlp');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

const entry = (id: string, more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    t: 'entry',
    id,
    title: 'T',
    channel: null,
    duration: null,
    views: null,
    verified: null,
    list: null,
    ...more,
  });

describe('the plain search', () => {
  const search = (path: string) => createYouTube(depsWith(path)).search('plain', 'a song', signal);

  test('gives what yt-dlp lists, but no channels and nothing without a title', async () => {
    const lines = [
      entry('aaaaaaaaaaa', { title: 'One', channel: 'C', duration: 12.3456, views: 7, verified: true }),
      entry('UCaaaaaaaaaaaaaaaaaaaaaa'),
      entry('bbbbbbbbbbb', { title: null }),
      'WARNING: something',
      entry('ccccccccccc'),
    ];
    expect(await search(scripted(`cat <<'END'\n${lines.join('\n')}\nEND`))).toEqual([
      {
        ...ofVideo('aaaaaaaaaaa'),
        title: 'One',
        kind: 'video',
        artists: [],
        channel: 'C',
        channelVerified: true,
        durationMs: 12_346,
        viewCount: 7,
      },
      { ...ofVideo('ccccccccccc'), title: 'T', kind: 'video', artists: [] },
    ]);
  });

  test('gives twenty at most', async () => {
    const lines = Array.from({ length: 30 }, (_, n) => entry(`aaaaaaaaa${10 + n}`));
    expect(await search(scripted(`cat <<'END'\n${lines.join('\n')}\nEND`))).toHaveLength(20);
  });

  test('without hits is empty and no failure', async () => {
    expect(await search(scripted('exit 0'))).toEqual([]);
  });

  test.each([
    [
      'echo "ERROR: [youtube:search] a song: Unable to download API page: HTTP Error 429: Too Many Requests" >&2; exit 1',
      'http-too-many-requests',
    ],
    ['exit 1', 'download-failed'],
    ['kill -9 $$', 'download-failed'],
    ['echo "yt-dlp: error: no such option: --foo" >&2; exit 2', 'ytdlp-options'],
    ['echo "ModuleNotFoundError: No module named yt_dlp" >&2; exit 1', 'ytdlp-broken'],
  ])('that fails (%s) says %s', async (script, code) => {
    await expect(search(scripted(script))).rejects.toMatchObject({ code });
  });

  test('that hangs is ended', async () => {
    const deps = depsWith(scripted('exec sleep 60'), { silenceMs: 50 });
    await expect(createYouTube(deps).search('plain', 'x', signal)).rejects.toMatchObject({
      code: 'network-timeout',
    });
  });
});

test('the other searches ask YouTube Music and do not look for yt-dlp', async () => {
  const rows = Array.from({ length: 30 }, (_, n) => row({ videoId: `aaaaaaaaa${10 + n}` }));
  const musicUrl = await startServer((_request, response) =>
    response.end(JSON.stringify(page(shelf(...rows)))),
  );
  const deps = depsWith('', { musicUrl, ytDlp: () => Promise.reject(new Error('not needed')) });
  expect(await createYouTube(deps).search('songs', 'x', signal)).toHaveLength(20);
});

describe('with the real yt-dlp', () => {
  test('a playlist of three hundred videos is listed whole and in its order', async () => {
    const tools = await realTools();
    const tracks = Array.from({ length: 300 }, (_, n) => ({
      artists: ['Some "Band"'],
      artist: 'Some "Band"',
      track: `Song ${n}: NA, é 😀`,
      durationMs: 200_000 + n * 1000,
    }));
    const youTube = await startYouTubeStandIn({
      catalogue: makeCatalogue(tracks),
      ffmpegPath: tools.ffmpeg,
      cacheDir: join(tmpdir(), 'harmoni-test-sounds'),
    });
    onTestFinished(() => youTube.close());
    const [playlist] = youTube.catalogue.playlists;
    const deps = depsWith(tools.ytDlp, { extraArgs: youTube.ytdlpArgs() });
    const provider = createYouTube(deps);
    const listed = await provider.readList(
      `https://www.youtube.com/playlist?list=${playlist?.playlistId}`,
      signal,
    );
    expect(listed.name).toBe(playlist?.title);
    expect(listed.origin).toBe(`youtube:playlist:${playlist?.playlistId}`);
    expect(listed.entries.map(({ id, title }) => [id, title])).toEqual(
      playlist?.videos.map(({ videoId, title }) => [videoId, title]),
    );

    const [first] = playlist?.videos ?? [];
    const link = `https://www.youtube.com/watch?v=${first?.videoId}&list=${playlist?.playlistId}`;
    const single = await provider.readList(link, signal);
    expect(single.origin).toBeUndefined();
    expect(single).toMatchObject({
      name: first?.title,
      entries: [{ id: first?.videoId, title: first?.title }],
    });
  });
});
