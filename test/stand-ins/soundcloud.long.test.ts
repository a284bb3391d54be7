import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sayLeftOut } from '../helpers/left-out.ts';
import { hearTone } from './hear-tone.ts';
import { toneOf } from '../../src/demo/video-ids.ts';
import { realTools } from '../helpers/world.ts';
import { ffmpegPath, rightId, shortTrack, standInFor, ytdlp } from '../demo/run-ytdlp.ts';
import { makeSoundCloudCatalogue, type SoundCloudTrack } from './soundcloud-catalogue.ts';
import { setUrl, trackUrl } from './soundcloud-json.ts';
import { shortUrl, startSoundCloudStandIn, type SoundCloudStandIn } from './soundcloud.ts';

// SoundCloud of today needs a yt-dlp of today: older ones find no extractor for what a search gives.
const { ytDlpVersion } = await realTools();
const isOlder = ytDlpVersion < '2026.08';
if (isOlder) sayLeftOut('SoundCloud as yt-dlp asks it', 'this yt-dlp is too old');
const describeToday = describe.skipIf(isOlder);
const testToday = test.skipIf(isOlder);

const songs = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh'];
const catalogue = makeSoundCloudCatalogue(
  songs.map((name) =>
    shortTrack(`${name} Song`, { durationMs: 25_000, isrc: 'QZTST2600001', album: 'Songs' }),
  ),
  { uploader: (_, index) => (index === 1 ? 'fan' : 'artist') },
);
let soundcloud: SoundCloudStandIn;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmoni-soundcloud-'));
  soundcloud = await startSoundCloudStandIn({
    catalogue,
    ffmpegPath,
    cacheDir: join(folder, 'tones'),
    mostPerPage: 3,
  });
});
afterAll(async () => {
  await soundcloud.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  soundcloud.failures.clear();
  soundcloud.requests.clear();
});

const right = (index: number): SoundCloudTrack => {
  const found = catalogue.shelves[index]?.right;
  if (found === undefined) throw new Error(`Song ${index} is missing.`);
  return found;
};
const apiUrl = (track: SoundCloudTrack): string => `https://api.soundcloud.com/tracks/${track.id}`;

describeToday('the real yt-dlp searches', () => {
  const fields = ['id', 'title', 'uploader', 'duration', 'url', 'webpage_url', 'view_count', 'artists'];
  const print = fields.map((field) => `%(${field})j`).join(' ');

  test('with a flat entry for each hit, and asks for no track', async () => {
    const run = await ytdlp(
      soundcloud,
      '--flat-playlist',
      '--print',
      print,
      'scsearch5:some band first song',
    );

    const track = right(0);
    expect(run.lines).toHaveLength(5);
    expect(run.lines[0]).toBe(
      [
        `"${track.id}" "First Song" "Some Band" 25.0`,
        `"https://api.soundcloud.com/tracks/soundcloud%3Atracks%3A${track.id}" "${trackUrl(track)}"`,
        `${track.playbackCount} ["Some Band"]`,
      ].join(' '),
    );
    expect(run.lines[1]).toContain(
      '"Some Band - First Song (Bedroom Remix) [FREE DL]" "bedroom remixer" 66.0',
    );
    expect(soundcloud.requests.count('track')).toBe(0);
    expect(soundcloud.requests.count('stream')).toBe(0);
  });

  test('page by page, and asks whether there is a picture of each hit', async () => {
    const run = await ytdlp(soundcloud, '--flat-playlist', '--print', 'id', 'scsearch7:some band first song');

    expect(run.lines).toHaveLength(7);
    expect(soundcloud.requests.all.map(({ kind }) => kind).filter((kind) => kind !== 'artwork')).toEqual([
      ...['page', 'script', 'script', 'search', 'search', 'search'],
    ]);
    expect(soundcloud.requests.all.find(({ kind }) => kind === 'artwork')?.method).toBe('HEAD');
    expect(soundcloud.requests.count('artwork')).toBe(7);
  });

  test('and reads each hit whole where it may', async () => {
    const run = await ytdlp(soundcloud, '--print', '%(id)s %(format_id)s', 'scsearch2:some band second song');

    expect(run.lines[0]).toBe(`${right(1).id} hls_aac_160k`);
    expect(soundcloud.requests.count('track')).toBe(2);
    // Each encoding is one of the 600 requests that SoundCloud allows in ten minutes.
    expect(soundcloud.requests.count('stream')).toBe(8);
  });
});

describeToday('the real yt-dlp downloads', () => {
  test.each([
    { wish: 'bestaudio/best', formatId: 'hls_aac_160k', file: 'm4a', media: 4 },
    { wish: 'bestaudio[acodec=opus]/bestaudio/best', formatId: 'hls_opus_0_0', file: 'opus', media: 3 },
    { wish: 'hls_mp3_1_0', formatId: 'hls_mp3_1_0', file: 'mp3', media: 3 },
    { wish: 'http_mp3_1_0', formatId: 'http_mp3_1_0', file: 'mp3', media: 1 },
  ])('a whole track as $formatId, and it sounds and lasts as it should', async (wanted) => {
    const args = ['--fixup', 'never', '-f', wanted.wish, '-o', join(folder, '%(id)s.%(format_id)s.%(ext)s')];
    const print = 'after_move:%(filepath)s %(format_id)s';

    const run = await ytdlp(soundcloud, ...args, '--no-simulate', '--print', print, '--', apiUrl(right(0)));

    const path = join(folder, `${right(0).id}.${wanted.formatId}.${wanted.file}`);
    expect(run.lines).toEqual([`${path} ${wanted.formatId}`]);
    expect((await parseFile(path, { duration: true })).format.duration).toBeCloseTo(25, 0);
    expect(await hearTone(path, ffmpegPath)).toBe(right(0).toneHz);
    expect(soundcloud.requests.count('media')).toBe(wanted.media);
  });

  test('by a link, by a link with a share code, by an id and by a short link', async () => {
    const urls = [
      trackUrl(right(2)),
      `${trackUrl(right(3))}?si=0123&utm_source=clipboard`,
      shortUrl(right(4)),
    ];

    const run = await ytdlp(soundcloud, '--print', '%(id)s %(title)s', '--', ...urls, apiUrl(right(5)));

    expect(run.lines).toEqual([2, 3, 4, 5].map((index) => `${right(index).id} ${right(index).title}`));
    expect(soundcloud.requests.count('resolve')).toBe(3);
    expect(soundcloud.requests.count('short-link')).toBe(1);
  });

  test('from both stand-ins in one process', async () => {
    const youtube = await standInFor([shortTrack('First Song')]);
    const both = {
      ytdlpArgs: () => [...youtube.youtube.ytdlpArgs(), ...soundcloud.ytdlpArgs()],
    };
    const id = rightId(youtube.youtube);
    const args = ['--fixup', 'never', '-f', 'bestaudio[acodec=opus]', '-o', join(folder, 'both-%(id)s')];

    const run = await ytdlp(both, ...args, '--', `https://www.youtube.com/watch?v=${id}`, apiUrl(right(6)));

    await youtube.end();
    expect(run.code).toBe(0);
    expect(await hearTone(join(folder, `both-${id}`), ffmpegPath)).toBe(toneOf(id));
    expect(await hearTone(join(folder, `both-${right(6).id}`), ffmpegPath)).toBe(right(6).toneHz);
  });
});

testToday(
  'the real yt-dlp lists the tracks of a set in order, and the sixth and later ones without a link',
  async () => {
    const [set] = catalogue.sets;
    if (set === undefined) throw new Error('There is no set.');
    const print = '%(id)s %(url)s %(title)s %(playlist_title)s';

    const run = await ytdlp(soundcloud, '--flat-playlist', '--print', print, '--', setUrl(set));

    expect(run.lines).toEqual(
      set.tracks.map((track, index) => {
        const url = index < 5 ? trackUrl(track) : `https://api-v2.soundcloud.com/tracks/${track.id}`;
        return `${track.id} ${url} NA Test set`;
      }),
    );
    expect(soundcloud.requests.count('resolve')).toBe(1);
    expect(soundcloud.requests.count('track')).toBe(0);
  },
);

testToday('the real yt-dlp keeps the client id, and fetches another one when it expired', async () => {
  const search = (): ReturnType<typeof ytdlp> =>
    ytdlp(
      soundcloud,
      '--cache-dir',
      join(folder, 'cache'),
      '--flat-playlist',
      '--print',
      'id',
      'scsearch1:first',
    );

  await search();
  await search();
  expect(soundcloud.requests.count('page')).toBe(1);
  soundcloud.renewClientId();
  const run = await search();

  expect(run.lines).toHaveLength(1);
  expect(soundcloud.requests.count('page')).toBe(2);
  expect(soundcloud.requests.all.filter(({ kind }) => kind === 'search').map(({ status }) => status)).toEqual(
    [200, 200, 401, 200],
  );
});

test('nothing else is reached through the stand-in', async () => {
  const run = await ytdlp(soundcloud, '--', 'https://example.com/song.mp3');

  expect(run.code).toBe(1);
  expect(soundcloud.refused).toContain('example.com:443');
});
