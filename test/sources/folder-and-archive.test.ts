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
      ['Glam', 1],
      ['Liked Songs', 2],
    ]);
    expect(summary(await folder.read(join(path, 'Spotify Account Data'), { signal }))).toEqual([
      ['Glam', 1],
      ['Liked Songs', 2],
    ]);
  });

  test('without lists is refused with the reason', async () => {
    const path = join(home, 'music');
    await mkdir(path);
    expect(await failureOf(folder.read(path, { signal }))).toMatchObject({
      code: 'source-empty',
      message: 'The folder music has no .csv file and no account export.',
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
      ['Glam', 1],
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
