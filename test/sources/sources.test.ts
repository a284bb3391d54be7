import { writeFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createYouTube } from '../../src/providers/youtube/youtube.ts';
import { createHttp } from '../../src/system/http.ts';
import { createSources, readSource } from '../../src/sources/sources.ts';
import { failureOf } from './failure-of.ts';

const signal = new AbortController().signal;
const home = await mkdtemp(join(tmpdir(), 'harmoni-sources-'));
afterAll(() => rm(home, { recursive: true }));
await mkdir(join(home, 'music'));
await writeFile(join(home, 'song.mp3'), 'x');
await writeFile(join(home, 'A - B.csv'), 'Track,Artist\nLazy,Deep Purple\n');

const sources = createSources({
  providers: [
    {
      ...createYouTube({
        http: createHttp(),
        musicUrl: '',
        ytDlp: () => Promise.reject(new Error('Nobody asks yt-dlp here.')),
        silenceMs: 0,
      }),
      readList: async () => ({ name: 'A video', entries: [{ id: 'fJ9rUzIMcZQ', title: 'A video' }] }),
    },
  ],
  spotify: () => {
    throw new Error('Nobody asks Spotify here.');
  },
  readStdin: () => {
    throw new Error('Nobody reads stdin here.');
  },
});
const read = (input: string) => readSource(sources, input, { signal });

describe('a song by its name', () => {
  test.each<[string, readonly string[], string]>([
    ['Queen - Bohemian Rhapsody', ['Queen'], 'Bohemian Rhapsody'],
    ['Queen – Bohemian Rhapsody – Remastered 2011', ['Queen'], 'Bohemian Rhapsody – Remastered 2011'],
    ['Jay-Z - 99 Problems', ['Jay-Z'], '99 Problems'],
    ['AC/DC - T.N.T.', ['AC/DC'], 'T.N.T.'],
    ['AC/DC', [], 'AC/DC'],
    ['Queen;David Bowie — Under Pressure', ['Queen', 'David Bowie'], 'Under Pressure'],
    ['Tyler, The Creator - EARFQUAKE', ['Tyler, The Creator'], 'EARFQUAKE'],
    ['Bohemian Rhapsody', [], 'Bohemian Rhapsody'],
    ['- Lazy', [], '- Lazy'],
    ['Sigur Rós - ( )', ['Sigur Rós'], '( )'],
    ['椎名林檎 - 丸ノ内サディスティック', ['椎名林檎'], '丸ノ内サディスティック'],
    ['liked a lot', [], 'liked a lot'],
  ])('%s', async (input, artists, track) => {
    expect(await read(input)).toEqual([
      {
        name: input,
        tracks: [{ artists, artist: artists.join(', '), track }],
        skipped: [],
        folder: 'library',
      },
    ]);
  });
});

describe('a link of another service', () => {
  test.each([
    ['https://music.apple.com/us/playlist/evening/pl.u-abc', 'Apple Music'],
    ['https://itunes.apple.com/us/album/x/id1', 'Apple Music'],
    ['https://www.deezer.com/en/playlist/1', 'Deezer'],
    ['https://link.deezer.com/s/abc', 'Deezer'],
    ['https://listen.tidal.com/playlist/1', 'Tidal'],
    ['tidal.com/browse/playlist/1', 'Tidal'],
    ['https://music.amazon.co.uk/playlists/B1', 'Amazon Music'],
    ['https://play.qobuz.com/playlist/1', 'Qobuz'],
  ])('names the export that is read: %s', async (link, service) => {
    expect(await failureOf(read(link))).toMatchObject({
      code: 'source-not-understood',
      message: `HARMONI can't read ${service} links.`,
      fix: 'Export the playlist as CSV with TuneMyMusic or Soundiiz, then download that file.',
    });
  });

  test.each(['https://tidal.com.example.org/x', 'Tidal - Wave', 'https://nottidal.com/1'])(
    'is not %j',
    async (input) => {
      const answer = await read(input).then(
        ([list]) => list?.tracks[0]?.track,
        (error: unknown) => String(error),
      );
      expect(answer).toBeTypeOf('string');
      expect(answer).not.toContain('Tidal links');
    },
  );
});

describe('an input', () => {
  test('is read by the first source that accepts it', async () => {
    expect(await read('  https://youtu.be/fJ9rUzIMcZQ ')).toMatchObject([
      { name: 'A video', folder: 'library' },
    ]);
    expect(await read(join(home, 'A - B.csv'))).toMatchObject([{ name: 'A - B', folder: 'own' }]);
  });

  test('is a list by its content, whatever the file is called', async () => {
    const list = (name: string, content: string) => {
      writeFileSync(join(home, name), content);
      return read(join(home, name));
    };
    expect(await list('Evening', 'Queen - Lazy\n')).toMatchObject([{ name: 'Evening' }]);
    expect(await list('Evening.backup', '#EXTM3U\nQueen - Lazy.mp3\n')).toMatchObject([
      { name: 'Evening.backup', tracks: [{ track: 'Lazy' }] },
    ]);
    expect(await list('Evening.tab', 'Title\tArtist\nLazy\tQueen\n')).toMatchObject([
      { tracks: [{ artist: 'Queen' }] },
    ]);
    expect(await failureOf(list('notes.md', 'Queen - Lazy\n'))).toMatchObject({
      code: 'source-not-understood',
    });
  });

  test('may be a text with links, which are read where they stand', async () => {
    writeFileSync(
      join(home, 'links.txt'),
      'A - One\nhttps://www.youtube.com/playlist?list=PLabcdefgh\n- Two\n',
    );
    const [list] = await read(join(home, 'links.txt'));
    expect(list?.tracks.map(({ track }) => track)).toEqual(['One', 'A video', 'Two']);
  });

  test.each([
    ['https://soundcloud.com/x/y', 'source-not-understood'],
    ['open.spotify.com/show/1', 'source-not-understood'],
    ['./nothing', 'source-not-found'],
    ['nothing.csv', 'source-not-found'],
    ['~/lists', 'source-not-found'],
    ['C:\\Users\\list', 'source-not-found'],
    ['songs.xlsx', 'source-not-found'],
    [`${home}/exportfy`, 'source-not-found'],
    [join(home, 'song.mp3'), 'source-not-understood'],
    [join(home, 'music'), 'source-empty'],
    ['https://example.com/list.csv', 'source-not-understood'],
    ['none.m3u8', 'source-not-found'],
    ['none.spotdl', 'source-not-found'],
    ['', 'source-not-understood'],
    ['\u200b', 'source-not-understood'],
  ])('such as %j is refused', async (input, code) => {
    const failure = await failureOf(read(input));
    expect(failure.code).toBe(code);
    expect(failure.message).not.toBe('');
  });
});
