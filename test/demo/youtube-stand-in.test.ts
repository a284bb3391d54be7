import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hearTone } from '../stand-ins/hear-tone.ts';
import { toneOf } from '../../src/demo/video-ids.ts';
import type { YouTubeStandIn } from '../stand-ins/youtube-stand-in.ts';
import { ffmpegPath, rightId, shortTrack, standInFor, ytdlp } from './run-ytdlp.ts';

let youtube: YouTubeStandIn;
let folder: string;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ youtube, folder, end } = await standInFor([
    shortTrack('First Song', { artists: ['Some Band', 'Guest'], album: 'First', releaseDate: '2019-03-01' }),
    shortTrack('Second Song'),
  ]));
});
afterAll(() => end());
beforeEach(() => {
  youtube.failures.clear();
  youtube.requests.clear();
});

const watch = (id: string): string => `https://www.youtube.com/watch?v=${id}`;
const playlist = 'https://www.youtube.com/playlist?list=PLharmoniDemoPlaylist';

describe('the real yt-dlp', () => {
  test.each([
    { codec: 'opus', format: 'ba[acodec=opus]', itag: '251', file: 'webm' },
    { codec: 'AAC', format: 'ba[ext=m4a]', itag: '140', file: 'm4a' },
  ])('downloads the $codec of a video, and it sounds and lasts as it should', async (wanted) => {
    const id = rightId(youtube);
    const print = 'after_move:%(filepath)s %(format_id)s %(duration)s %(filesize)s';
    const args = ['-f', wanted.format, '-P', folder, '-o', '%(id)s.%(ext)s', '--print', print];

    const run = await ytdlp(youtube, ...args, '--no-simulate', '--', watch(id));

    const path = join(folder, `${id}.${wanted.file}`);
    const size = (await readFile(path)).length;
    expect(run.lines).toEqual([expect.stringMatching(`^${path} ${wanted.itag} 4 \\d+$`)]);
    expect(size).toBeGreaterThan(10_000);
    expect(await hearTone(path, ffmpegPath)).toBe(toneOf(id));
    expect(youtube.requests.count('player')).toBe(1);
  });

  test('finds videos with ytsearch, with all that a flat entry can hold', async () => {
    const print = '%(id)s|%(title)s|%(channel)s|%(duration)s|%(view_count)s';

    const run = await ytdlp(youtube, '--flat-playlist', '--print', print, 'ytsearch2:some band second song');

    const [right, video] = youtube.catalogue.shelves[1]?.results ?? [];
    expect(run.lines).toEqual([
      expect.stringMatching(
        `^${right?.videoId}\\|Second Song\\|Some Band - Topic\\|4(\\.0)?\\|${right?.viewCount}$`,
      ),
      expect.stringMatching(
        `^${video?.videoId}\\|Some Band - Second Song \\(Official Video\\)\\|Some Band\\|27`,
      ),
    ]);
    expect(youtube.requests.all).toMatchObject([
      { kind: 'search', query: 'some band second song', status: 200 },
    ]);
  });

  test('reads a playlist', async () => {
    const run = await ytdlp(youtube, '--flat-playlist', '-J', '--', playlist);

    const schema = z.object({ title: z.string(), entries: z.array(z.object({ id: z.string() })) });
    expect(schema.parse(JSON.parse(run.lines.join('')))).toEqual({
      title: 'Demo playlist',
      entries: [{ id: rightId(youtube, 0) }, { id: rightId(youtube, 1) }],
    });
  });

  test('reads what a label says of its recording, and of a music video only its title', async () => {
    const [shelf] = youtube.catalogue.shelves;
    const ids = [shelf?.right, shelf?.results.find(({ role }) => role === 'music-video')];
    const print =
      '%(track)s|%(artists,artist)j|%(album)s|%(release_date)s|%(release_year)s|%(thumbnails.:.url)j';

    const run = await ytdlp(
      youtube,
      '--print',
      print,
      '--',
      ...ids.map((video) => watch(video?.videoId ?? '')),
    );

    const [song = '', video] = run.lines;
    expect(song).toMatch(
      /^First Song\|(\["Some Band", "Guest"\]|"Some Band, Guest")\|First\|(20190301|NA)\|2019\|/,
    );
    expect(song).toContain(`"${youtube.musicUrl}/vi/${ids[0]?.videoId}/maxresdefault.jpg"]`.slice(0, -1));
    expect(video).toMatch(/^NA\|"?NA"?\|NA\|NA\|NA\|/);
  });

  test('goes on where a connection was torn once', async () => {
    youtube.failures.add({ failure: 'torn', times: 1 });
    const path = join(folder, 'torn.webm');

    const run = await ytdlp(youtube, '-f', '251', '-o', path, '--', rightId(youtube));

    expect(run.code).toBe(0);
    expect(youtube.requests.count('media')).toBe(2);
    expect(await hearTone(path, ffmpegPath)).toBe(toneOf(rightId(youtube)));
  });
});

describe('the real yt-dlp says', () => {
  test('that a search was refused', async () => {
    youtube.failures.add({ failure: 'too-many-requests', on: 'search' });

    const run = await ytdlp(youtube, '--flat-playlist', '--print', 'id', 'ytsearch2:first song');

    expect(run.errors).toMatch(/^ERROR: .*HTTP Error 429: Too Many Requests/m);
  });

  test('nothing where a search finds nothing', async () => {
    youtube.failures.add({ failure: 'no-results', on: 'search' });

    const run = await ytdlp(youtube, '--flat-playlist', '--print', 'id', 'ytsearch2:first song');

    expect(run).toMatchObject({ code: 0, lines: [] });
  });

  test('that a playlist does not exist', async () => {
    const run = await ytdlp(youtube, '--flat-playlist', '-J', '--', `${playlist}Elsewhere`);

    expect(run.errors).toContain('The playlist does not exist.');
  });
});
