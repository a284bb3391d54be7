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

describe('an input', () => {
  test('is read by the first source that accepts it', async () => {
    expect(await read('  https://youtu.be/fJ9rUzIMcZQ ')).toMatchObject([
      { name: 'A video', folder: 'library' },
    ]);
    expect(await read(join(home, 'A - B.csv'))).toMatchObject([{ name: 'A - B', folder: 'own' }]);
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
    ['', 'source-not-understood'],
    ['\u200b', 'source-not-understood'],
  ])('such as %j is refused', async (input, code) => {
    const failure = await failureOf(read(input));
    expect(failure.code).toBe(code);
    expect(failure.message).not.toBe('');
  });
});
