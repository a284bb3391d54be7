import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { archive } from '../../src/sources/archive.ts';
import { folder } from '../../src/sources/folder.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { failureOf } from './failure-of.ts';
import { makeZip, type ZipContent } from './make-zip.ts';

const fixtures = new URL('../fixtures/sources/', import.meta.url).pathname;
const signal = new AbortController().signal;
const home = await mkdtemp(join(tmpdir(), 'harmoni-folder-'));
afterAll(() => rm(home, { recursive: true }));

const takeoutVideos = 'Video ID,Playlist Video Creation Timestamp\nfJ9rUzIMcZQ,2023-12-07T15:57:57+00:00\n';
const takeoutPlaylists = 'Playlist ID,Add new videos to top,Playlist Title (Original)\nPLx,False,Evening\n';
const takeoutLibrary =
  'Video ID,Song Title,Album Title,Artist Name 1\nfJ9rUzIMcZQ,Lazy,Machine Head,Deep Purple\n';
const csv = 'Track Name,Artist Name(s)\nLazy,Deep Purple\n';
const summary = (lists: readonly TrackList[]) => lists.map(({ name, tracks }) => [name, tracks.length]);

async function zipOf(name: string, contents: readonly ZipContent[]): Promise<string> {
  const path = join(home, name);
  await writeFile(path, makeZip(contents));
  return path;
}

describe('a folder', () => {
  test('of CSVs gives a list for each, in the order of their names', async () => {
    const path = join(home, 'exportify');
    await mkdir(path);
    for (const name of ['list10.csv', 'List2.CSV', 'naïve.csv', '._list2.csv'])
      await writeFile(join(path, name), csv);
    await writeFile(join(path, 'notes.txt'), 'not a list');
    const lists = await folder.read(path, { signal });
    expect(summary(lists)).toEqual([
      ['List2', 1],
      ['list10', 1],
      ['naïve', 1],
    ]);
  });

  test('may have lists of other kinds, and texts that are none', async () => {
    const path = join(home, 'kinds');
    await mkdir(path);
    for (const [name, content] of [
      ['a.tsv', 'Title\tArtist\nLazy\tDeep Purple\n'],
      ['b.m3u8', '#EXTM3U\n#EXTINF:1,Deep Purple - Lazy\nx.mp3\n'],
      ['c.spotdl', '[{"name": "Lazy", "artists": ["Deep Purple"]}]'],
      ['d.txt', 'Deep Purple - Lazy\nDeep Purple - Highway Star\nhttps://youtu.be/fJ9rUzIMcZQ\n'],
      ['e.xml', '<?xml version="1.0"?><rss></rss>'],
      ['readme.txt', 'These are my lists - all of them.\nMade in 2020.\nHave fun with them.\n'],
    ] as const)
      await writeFile(join(path, name), content);
    expect(summary(await folder.read(path, { signal }))).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
      ['d', 3],
    ]);
  });

  test('may be an unpacked Takeout, whose other tables are left out', async () => {
    const youTube = join(home, 'Takeout', 'YouTube and YouTube Music');
    for (const name of ['playlists', 'music (library and uploads)', 'subscriptions'])
      await mkdir(join(youTube, name), { recursive: true });
    await writeFile(join(youTube, 'playlists', 'Evening-videos.csv'), takeoutVideos);
    await writeFile(join(youTube, 'playlists', 'playlists.csv'), takeoutPlaylists);
    await writeFile(join(youTube, 'subscriptions', 'subscriptions.csv'), 'Channel Id,Channel Title\nUCx,x\n');
    await writeFile(join(youTube, 'music (library and uploads)', 'music library songs.csv'), takeoutLibrary);
    const expected = [
      ['music library songs', 1],
      ['Evening', 1],
    ];
    expect(summary(await folder.read(join(home, 'Takeout'), { signal }))).toEqual(expected);
    expect(summary(await folder.read(join(youTube, 'playlists'), { signal }))).toEqual([['Evening', 1]]);
  });

  test('with a FIFO in it is not waited for', async () => {
    const path = join(home, 'fifo');
    await mkdir(path);
    execFileSync('mkfifo', [join(path, 'a.csv')]);
    await writeFile(join(path, 'b.csv'), csv);
    expect(summary(await folder.read(path, { signal }))).toEqual([['b', 1]]);
  });

  test("keeps the other lists when a file can't be read", async () => {
    const path = join(home, 'mixed');
    await mkdir(path);
    await writeFile(join(path, 'good.csv'), csv);
    await writeFile(join(path, 'empty.csv'), '');
    const [empty, good] = await folder.read(path, { signal });
    expect(empty).toEqual({
      name: 'empty',
      tracks: [],
      skipped: [{ row: 0, reason: 'empty.csv is empty.', text: 'empty.csv' }],
      folder: 'own',
    });
    expect(good?.tracks).toHaveLength(1);
  });

  test('may be the account export, one folder deeper', async () => {
    const path = join(home, 'unpacked');
    await cp(`${fixtures}account`, join(path, 'Spotify Account Data'), { recursive: true });
    expect(summary(await folder.read(path, { signal }))).toEqual([
      ['Glam', 2],
      ['Liked Songs', 2],
    ]);
    expect(summary(await folder.read(join(path, 'Spotify Account Data'), { signal }))).toEqual([
      ['Glam', 2],
      ['Liked Songs', 2],
    ]);
  });

  test('without lists is refused with the reason', async () => {
    const path = join(home, 'music');
    await mkdir(path);
    expect(await failureOf(folder.read(path, { signal }))).toMatchObject({
      code: 'source-empty',
      message: 'The folder music contains no playlist files and no account export.',
    });
    await writeFile(join(path, 'StreamingHistory_music_0.json'), '[]');
    expect((await failureOf(folder.read(path, { signal }))).message).toContain('your listening history');
    await writeFile(join(path, 'bad.csv'), '');
    expect((await failureOf(folder.read(path, { signal }))).message).toBe('bad.csv is empty.');
  });
});

describe('an archive', () => {
  test('is read like the folder in it, and nothing is written', async () => {
    const contents = await Promise.all(
      ['YourLibrary.json', 'Playlist1.json'].map(async (name) => {
        return { name: `Spotify Account Data/${name}`, data: await readFile(`${fixtures}account/${name}`) };
      }),
    );
    const path = await zipOf('my_spotify_data.zip', [
      { name: 'Spotify Account Data/', data: '' },
      ...contents,
      { name: 'Spotify Account Data/Userdata.json', data: '{"username": "wizzler"}' },
      { name: 'Spotify Account Data/StreamingHistory_music_0.json', data: '[]' },
      { name: '__MACOSX/Spotify Account Data/._Playlist1.json', data: 'not json' },
    ]);
    const before = await readdir(home, { recursive: true });
    expect(summary(await archive.read(path, { signal }))).toEqual([
      ['Glam', 2],
      ['Liked Songs', 2],
    ]);
    expect(await readdir(home, { recursive: true })).toEqual(before);
  });

  test('may hold CSVs, as Exportify makes it', async () => {
    const path = await zipOf('spotify_playlists.zip', [
      { name: 'road.csv', data: csv },
      { name: 'Glam.csv', data: await readFile(`${fixtures}net-now.csv`) },
    ]);
    expect(summary(await archive.read(path, { signal }))).toEqual([
      ['Glam', 4],
      ['road', 1],
    ]);
  });

  test('may be a Takeout, whose other tables are left out', async () => {
    const root = 'Takeout/YouTube and YouTube Music/';
    const path = await zipOf('takeout-20260101T000000Z-001.zip', [
      { name: 'Takeout/archive_browser.html', data: '<html></html>' },
      { name: `${root}playlists/Evening-videos.csv`, data: takeoutVideos },
      { name: `${root}playlists/playlists.csv`, data: takeoutPlaylists },
      { name: `${root}comments/comments.csv`, data: 'Comment ID,Comment Text\nx,"{""text"":""y""}"\n' },
      { name: `${root}music (library and uploads)/music library songs.csv`, data: takeoutLibrary },
    ]);
    expect(summary(await archive.read(path, { signal }))).toEqual([
      ['Evening', 1],
      ['music library songs', 1],
    ]);
  });

  test.each<[string, readonly ZipContent[], string, string]>([
    [
      'history alone',
      [{ name: 'Streaming_History_Audio_2020_0.json', data: '[]' }],
      'source-empty',
      'your listening history',
    ],
    ['nothing of ours', [{ name: 'readme.txt', data: 'hello' }], 'source-empty', 'no playlists or library'],
    [
      'lists that claim to be huge',
      [{ name: 'a.csv', data: csv, claimedSize: 2 ** 30 }],
      'source-too-large',
      'would unpack to more than 256 MiB',
    ],
    [
      'a bomb that claims to be small',
      [{ name: 'a.csv', data: Buffer.alloc(80 * 1024 * 1024, 'Lazy,Deep Purple\n'), claimedSize: 100 }],
      'source-broken',
      "a.csv can't be read completely.",
    ],
    [
      'a path that leads out',
      [{ name: '../../a.csv', data: csv }],
      'source-broken',
      'The archive is damaged',
    ],
  ])('with %s is refused with the reason', async (_, contents, code, message) => {
    const failure = await failureOf(archive.read(await zipOf('odd.zip', contents), { signal }));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(message);
  });

  test('that is cut off, or none, is refused', async () => {
    const path = join(home, 'half.zip');
    const whole = makeZip([{ name: 'a.csv', data: csv }]);
    for (const content of [whole.subarray(0, whole.length / 2), Buffer.from('hello'), Buffer.alloc(0)]) {
      await writeFile(path, content);
      expect(await failureOf(archive.read(path, { signal }))).toMatchObject({ code: 'source-broken' });
    }
    expect(await failureOf(archive.read(join(home, 'none.zip'), { signal }))).toMatchObject({
      code: 'source-not-found',
    });
  });
});
