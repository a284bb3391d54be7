import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import type { FileIndex } from '../../src/history/file-index.ts';
import { scanLibrary } from '../../src/library/scan.ts';
import type { Track } from '../../src/tracks/track.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import { convertFile, sine } from '../downloads/sounds.ts';
import { openTestStore } from '../history/set-up.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { video } from '../helpers/media.ts';

const { signal } = new AbortController();
const tagger = createTagger();
const song: Track = {
  artists: ['椎名林檎', 'Guest'],
  artist: '椎名林檎, Guest',
  track: '本能 (Live)',
  isrc: 'ZZTST1900001',
  spotifyUri: 'spotify:track:1',
};

/** A tagged file of one second, as HARMONI would have made it, or somebody else (without a video id). */
async function put(path: string, track: Track, videoId: string | undefined): Promise<void> {
  const extension = path.split('.').at(-1);
  const format = extension === 'mp3' || extension === 'flac' || extension === 'wav' ? extension : 'best';
  const from = await sine(extension === 'm4a' ? 'm4a' : 'webm');
  const plan = planConversion(format, extension === 'm4a' ? 'aac' : 'opus', 'low');
  await convertFile(from, path, plan);
  await tagger.write(
    path,
    plan.extension,
    tagFieldsOf(track, 'comprehensive', videoId === undefined ? undefined : video(videoId)),
    undefined,
  );
}

describe('a file', () => {
  test.each(['mp3', 'm4a', 'opus', 'flac', 'wav'])(
    '.%s is found by every key of its track',
    async (extension) => {
      const root = tempFolder();
      const path = join(root, `whatever it is called.${extension}`);
      await put(path, song, 'aaaaaaaaaaa');
      const { files } = openTestStore();
      expect(await scanLibrary(root, files, { signal })).toMatchObject({ files: 1, read: 1, gone: 0 });
      for (const key of [...trackKeys(song), 'youtube:aaaaaaaaaaa']) {
        expect(
          files.findByKeys([key]).map((file) => file.path),
          key,
        ).toEqual([path]);
      }
      expect(files.get(path)).toMatchObject({
        format: extension,
        media: video('aaaaaaaaaaa'),
        downloaded: true,
      });
      expect(files.get(path)?.durationMs).toBeGreaterThan(900);
      expect(files.find({ ...song, isrc: '', spotifyUri: '', track: '本能' })).toEqual([]);
    },
  );

  test("of somebody else's is known by its tags, and not called HARMONI's own", async () => {
    const root = tempFolder();
    await put(
      join(root, 'x.mp3'),
      { artists: ['Sigur Rós'], artist: 'Sigur Rós', track: 'Hoppípolla' },
      undefined,
    );
    const { files } = openTestStore();
    await scanLibrary(root, files, { signal });
    const same = trackKeys({ artists: ['SIGUR ROS'], artist: 'SIGUR ROS', track: 'hoppipolla' });
    expect(files.findByKeys(same)).toMatchObject([{ downloaded: false }]);
  });

  test("without tags, or that can't be read, is known by its name", async () => {
    const root = tempFolder();
    writeFileSync(join(root, '01 - AC-DC - T.N.T..mp3'), 'no sound');
    const { files } = openTestStore();
    await scanLibrary(root, files, { signal });
    expect(files.find({ artists: ['AC/DC'], artist: 'AC/DC', track: 'T.N.T.' })).toHaveLength(1);
  });
});

describe('a scan', () => {
  test('reads only what is new or changed, and forgets what is gone', async () => {
    const root = tempFolder();
    for (const name of ['a', 'b', 'c']) writeFileSync(join(root, `A - ${name}.mp3`), name);
    const { files } = openTestStore();
    await scanLibrary(root, files, { signal });
    expect(await scanLibrary(root, files, { signal })).toMatchObject({ files: 3, read: 0, gone: 0 });

    rmSync(join(root, 'A - a.mp3'));
    renameSync(join(root, 'A - b.mp3'), join(root, 'A - bb.mp3'));
    writeFileSync(join(root, 'A - c.mp3'), 'longer');
    const counts: number[] = [];
    const onProgress = (read: number): void => void counts.push(read);
    expect(await scanLibrary(root, files, { signal, onProgress })).toMatchObject({
      files: 2,
      read: 1,
      gone: 1,
    });
    expect(counts).toEqual([1]);
    expect(
      files
        .filesBelow(root)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([join(root, 'A - bb.mp3'), join(root, 'A - c.mp3')]);
  });

  test('asks the index for all files together, and writes many of them in one step', async () => {
    const root = tempFolder();
    for (let number = 0; number < 600; number += 1) {
      mkdirSync(join(root, String(number % 60)), { recursive: true });
      writeFileSync(join(root, String(number % 60), `A - ${number}.mp3`), String(number));
    }
    const { files } = openTestStore();
    const asked: string[] = [];
    const watched = new Proxy(files, {
      get(index, name: keyof FileIndex) {
        asked.push(name);
        return Reflect.get(index, name) as unknown;
      },
    });
    expect(await scanLibrary(root, watched, { signal })).toMatchObject({ read: 600 });
    expect(asked.filter((name) => name === 'together').length).toBeLessThan(6);
    asked.length = 0;
    expect(await scanLibrary(root, watched, { signal })).toMatchObject({ files: 600, read: 0, gone: 0 });
    expect(asked).toEqual(['stampsBelow', 'adopted']);
  });

  test('sees a change that left the size alone', async () => {
    const root = tempFolder();
    const path = join(root, 'A - a.mp3');
    writeFileSync(path, 'one');
    const { files } = openTestStore();
    await scanLibrary(root, files, { signal });
    utimesSync(path, new Date(0), new Date(5_000));
    expect(await scanLibrary(root, files, { signal })).toMatchObject({ read: 1 });
  });

  test('goes into folders, but not into hidden ones, nor round in circles, nor for other files', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'deep', 'er'), { recursive: true });
    mkdirSync(join(root, '.harmoni', 'work'), { recursive: true });
    for (const path of [
      'deep/er/A - a.OPUS',
      '.harmoni/work/A - b.mp3',
      '.A - c.mp3',
      'cover.jpg',
      'A.m3u8',
    ]) {
      writeFileSync(join(root, path), '');
    }
    symlinkSync(root, join(root, 'deep', 'loop'));
    symlinkSync(join(root, 'deep', 'er', 'A - a.OPUS'), join(root, 'A - link.mp3'));
    const { files } = openTestStore();
    expect(await scanLibrary(root, files, { signal })).toMatchObject({ files: 2 });
    expect(files.filesBelow(root).map(({ path }) => path)).toEqual([
      join(root, 'A - link.mp3'),
      join(root, 'deep', 'er', 'A - a.OPUS'),
    ]);
  });

  test('leaves the index of a folder beside it alone', async () => {
    const parent = tempFolder();
    for (const name of ['music', 'music2']) {
      mkdirSync(join(parent, name));
      writeFileSync(join(parent, name, 'A - a.mp3'), '');
    }
    const { files } = openTestStore();
    await scanLibrary(join(parent, 'music2'), files, { signal });
    expect(await scanLibrary(join(parent, 'music'), files, { signal })).toMatchObject({ gone: 0 });
    expect(files.filesBelow(join(parent, 'music2')).map(({ path }) => path)).toHaveLength(1);
  });

  test('of a folder that is not there finds nothing', async () => {
    const { files } = openTestStore();
    const counts = await scanLibrary(join(tempFolder(), 'nothing'), files, { signal });
    expect(counts).toMatchObject({ files: 0, read: 0, gone: 0 });
  });

  test('that is aborted ends with the reason', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'A - a.mp3'), '');
    const { files } = openTestStore();
    const scan = scanLibrary(root, files, { signal: AbortSignal.abort(new Error('cancelled')) });
    await expect(scan).rejects.toThrow('cancelled');
  });

  test('takes names of every kind', async () => {
    const root = tempFolder();
    const names = [
      'A - two\nlines.mp3',
      'A - 😀.mp3',
      "A - it's 100%_.mp3",
      '-rf - x.mp3',
      'A - e\u0301.mp3',
    ];
    for (const name of names) writeFileSync(join(root, name), '');
    const { files } = openTestStore();
    await scanLibrary(root, files, { signal });
    expect(await scanLibrary(root, files, { signal })).toMatchObject({
      files: names.length,
      read: 0,
      gone: 0,
    });
  });
});

test('a file that is found by two keys of one track is one file', async () => {
  const root = tempFolder();
  await put(join(root, 'a.opus'), song, 'aaaaaaaaaaa');
  copyFileSync(join(root, 'a.opus'), join(root, 'b.opus'));
  const { files } = openTestStore();
  await scanLibrary(root, files, { signal });
  expect(files.find(song)).toHaveLength(2);
});
