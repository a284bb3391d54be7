import { existsSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTagger } from '../../src/downloads/tag.ts';
import { planLastUndo, undo } from '../../src/engine/undo.ts';
import { convertLibrary, type ConvertOptions } from '../../src/views/convert.ts';
import { undoLines } from '../../src/views/history-text.ts';
import { createHouse, type HouseOptions } from '../helpers/house.ts';
import { realTools } from '../helpers/world.ts';
import { contentsOf, makeSong, tagsOf, videoIdOf } from '../library/convert/library.ts';

const tagger = createTagger();
const readTags = async (path: string) => ({
  ...(await tagger.read(path)),
  pictures: await tagger.readPictures(path, 'mp3'),
});

/** A library in a house with the real ffmpeg. */
async function library(answers: HouseOptions['answers'] = []) {
  const house = createHouse({ answers });
  const { ffmpeg } = await realTools();
  const root = house.paths.output;
  const deps = { ...house.downloadDeps(), ffmpegPath: async () => ffmpeg, silenceMs: 30_000, cores: 2 };
  const parts = { ...house, downloadDeps: () => deps };
  const convert = (
    options: Partial<ConvertOptions['wish']> & Partial<ConvertOptions> = {},
    words: readonly string[] = [],
  ) =>
    convertLibrary(parts, words, {
      wish: { format: 'mp3', quality: 'low', isSmaller: false, isOwnToo: false, ...options },
      isDryRun: false,
      isYes: true,
      isLossyAllowed: false,
      ...options,
    });
  const put = (way: string, number: number): Promise<string> =>
    makeSong(join(root, way), number, videoIdOf(number));
  const takeBack = async () => {
    const plan = await planLastUndo(house, root);
    if (plan === undefined) throw new Error('There is nothing to undo.');
    return undo(house, plan, { signal: new AbortController().signal, onProgress: () => undefined });
  };
  return {
    ...house,
    root,
    convert,
    put,
    takeBack,
    text: (way: string) => readFileSync(join(root, way), 'utf8'),
  };
}

test('songs are converted with all their tags, lyrics and playlists, once, and undo brings the old ones back', async () => {
  const { root, convert, put, takeBack, text, printed } = await library();
  const first = await put('Mix/1.opus', 1);
  await put('Mix/2.opus', 2);
  await makeSong(join(root, 'own.flac'), 3);
  writeFileSync(join(root, 'Mix', '1.lrc'), '[00:00.10]la');
  writeFileSync(join(root, 'Mix', 'mine.m3u8'), '#EXTM3U\n2.opus\n1.opus\n../own.flac\n');
  const before = contentsOf(root);
  expect(await convert()).toBe(0);
  expect(Object.keys(contentsOf(root))).toEqual([
    'Mix/1.lrc',
    'Mix/1.mp3',
    'Mix/2.mp3',
    'Mix/mine.m3u8',
    'own.flac',
  ]);
  expect(text('Mix/mine.m3u8')).toBe('#EXTM3U\n2.mp3\n1.mp3\n../own.flac\n');
  const { properties, pictures } = await readTags(join(root, 'Mix', '1.mp3'));
  expect(properties).toEqual({ ...tagsOf(1), YOUTUBE_ID: [videoIdOf(1)] });
  expect(pictures.map(({ type, mimeType }) => [type, mimeType])).toEqual([['FrontCover', 'image/png']]);
  const after = contentsOf(root);
  printed.length = 0;
  expect(await convert()).toBe(0);
  expect(contentsOf(root)).toEqual(after);
  expect(printed[0]).toBe('No songs to convert.');
  expect(first.endsWith('1.opus')).toBe(true);
  await takeBack();
  expect(contentsOf(root)).toEqual(before);
});

test('playlist files in other folders follow, and no link of the library comes to lead nowhere', async () => {
  const { root, convert, put, text, documents, takeBack } = await library();
  await put('A/1.opus', 1);
  await put('A/2.opus', 2);
  mkdirSync(join(root, 'Lists', 'deep'), { recursive: true });
  writeFileSync(join(root, 'Lists', 'deep', 'mine.m3u8'), '../../A/1.opus\n../../A/2.opus\n');
  symlinkSync('../A/2.opus', join(root, 'Lists', '2.opus'));
  const before = contentsOf(root);
  expect(await convert()).toBe(0);
  expect(text('Lists/deep/mine.m3u8')).toBe('../../A/1.mp3\n../../A/2.opus\n');
  expect(Object.keys(contentsOf(root))).toEqual(['A/1.mp3', 'A/2.opus', 'Lists/deep/mine.m3u8']);
  expect(documents.at(-1)).toMatchObject({ skipped: { link: 1, linked: 1 } });
  await takeBack();
  expect(contentsOf(root)).toEqual(before);
});

test('a file that came after a conversion, under the name of an old one, is none of its leftovers', async () => {
  const { root, convert, put, documents } = await library();
  await put('1.opus', 1);
  expect(await convert()).toBe(0);
  await makeSong(join(root, '1.m4a'), 1);
  const before = contentsOf(root);
  expect(await convert()).toBe(0);
  expect(contentsOf(root)).toEqual(before);
  expect(documents.at(-1)).toMatchObject({ songs: [], skipped: { own: 1 } });
});

test('hard links in the folders of several playlists become links of the one new file, and a taken name is kept', async () => {
  const { root, convert, put, store, takeBack } = await library();
  const song = await put('A/1.opus', 1);
  await put('B/x.opus', 2);
  linkSync(song, join(root, 'B', '1.opus'));
  writeFileSync(join(root, 'B', '1.lrc'), 'words');
  await makeSong(join(root, 'B', '1.mp3'), 9);
  const before = contentsOf(root);
  expect(await convert({}, ['title:=Song 1'])).toBe(0);
  expect(Object.keys(contentsOf(root))).toEqual([
    'A/1.mp3',
    'B/1 (2).lrc',
    'B/1 (2).mp3',
    'B/1.lrc',
    'B/1.mp3',
    'B/x.opus',
  ]);
  expect(statSync(join(root, 'A', '1.mp3')).ino).toBe(statSync(join(root, 'B', '1 (2).mp3')).ino);
  expect(contentsOf(root)['B/1.mp3']).toBe(before['B/1.mp3']);
  expect(store.files.get(join(root, 'A', '1.mp3'))).toMatchObject({
    format: 'mp3',
    downloaded: true,
    media: { id: videoIdOf(1) },
  });
  await takeBack();
  expect(contentsOf(root)).toEqual(before);
  expect(statSync(join(root, 'A', '1.opus')).ino).toBe(statSync(join(root, 'B', '1.opus')).ino);
});

describe('lossy to lossless', () => {
  test('is refused with --yes, and asked for without', async () => {
    const { root, convert, put, printed, documents } = await library([
      { confirm: false },
      { confirm: true },
      { confirm: true },
    ]);
    await put('1.opus', 1);
    const before = contentsOf(root);
    expect(await convert({ format: 'flac' })).toBe(1);
    expect(printed.join('\n')).toContain('--lossy-to-lossless');
    expect(documents.at(-1)).toMatchObject({ songs: [], skipped: { lossy: 1 } });
    expect(await convert({ format: 'flac', isYes: false })).toBe(1);
    expect(contentsOf(root)).toEqual(before);
    expect(await convert({ format: 'flac', isYes: false })).toBe(0);
    expect(Object.keys(contentsOf(root))).toEqual(['1.flac']);
  });
});

test('a song that ffmpeg cannot read stays as it is, and the others are converted', async () => {
  const { root, convert, put, store, documents } = await library();
  const bad = await put('1.opus', 1);
  await put('2.opus', 2);
  await convert({ isDryRun: true });
  // Damaged without a trace in its time and size, as by a failing disk.
  const { atime, mtime } = statSync(bad);
  writeFileSync(bad, Buffer.alloc(statSync(bad).size, 7));
  (await import('node:fs')).utimesSync(bad, atime, mtime);
  expect(await convert()).toBe(1);
  expect(Object.keys(contentsOf(root))).toEqual(['1.opus', '2.mp3']);
  expect(documents.at(-1)).toMatchObject({ songs: [{ status: 'done' }, { path: bad, status: 'failed' }] });
  expect(store.journal.runs(1)[0]?.kind).toBe('convert');
});

test('compressing replaces a song in one step, and not twice', async () => {
  const { root, convert, takeBack } = await library();
  await makeSong(join(root, '1.wav'), 1, videoIdOf(1));
  expect(await convert({ quality: 320 })).toBe(0);
  const large = contentsOf(root);
  expect(await convert({ quality: 64 })).toBe(0);
  expect(contentsOf(root)).toEqual(large);
  expect(await convert({ quality: 64, isSmaller: true })).toBe(0);
  const small = contentsOf(root);
  expect(Object.keys(small)).toEqual(['1.mp3']);
  expect(small).not.toEqual(large);
  expect(await convert({ quality: 64, isSmaller: true })).toBe(0);
  expect(contentsOf(root)).toEqual(small);
  await takeBack();
  expect(contentsOf(root)).toEqual(large);
});

test("where an undo can't bring a song back to its name, it says where both of its files are", async () => {
  const { root, convert, put, takeBack, ...house } = await library();
  await put('Mix/1.opus', 1);
  await convert();
  writeFileSync(join(root, 'Mix', '1.opus'), 'mine');
  const plan = await planLastUndo(house, root);
  const [, refused] = undoLines(plan?.changes ?? [], root).slice(1);
  const kept =
    /^ {4}Mix\/1\.opus: another file has its name now\. The old one stays in (\.harmoni\/trash\/.*\/Mix\/1\.opus), /;
  expect(refused?.text.replace(kept, '')).toBe('1.mp3 goes to the trash');
  const [, done] = undoLines((await takeBack()).changes, root).slice(1);
  const [, old = ''] = kept.exec(done?.text ?? '') ?? [];
  const [, made = ''] = /1\.mp3 is in (.+)$/.exec(done?.text ?? '') ?? [];
  expect([old, made].map((way) => existsSync(join(root, way)))).toEqual([true, true]);
  expect(made).toMatch(/\.mp3$/);
});
