import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import type { FileIndex } from '../../src/history/file-index.ts';
import { scanLibrary } from '../../src/library/scan.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import type { Track } from '../../src/tracks/track.ts';
import { convertFile, sine } from '../downloads/sounds.ts';
import { video } from '../helpers/media.ts';
import { retag } from '../helpers/retag.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';

const { signal } = new AbortController();
const tagger = createTagger();
const bare: Track = { artists: ['AC/DC', 'Guest'], artist: 'AC/DC, Guest', track: 'T.N.T. | Part 1' };
const withIsrc: Track = { ...bare, isrc: 'ZZTST1900001' };

async function put(path: string, track: Track): Promise<void> {
  const extension = path.split('.').at(-1);
  const format = extension === 'opus' || extension === 'm4a' ? 'best' : (extension as 'mp3'); // of the table below
  const plan = planConversion(format, extension === 'm4a' ? 'aac' : 'opus', 'low');
  await convertFile(await sine(extension === 'm4a' ? 'm4a' : 'webm'), path, plan);
  const fields = tagFieldsOf(track, 'comprehensive', video('aaaaaaaaaaa'));
  await tagger.write(path, plan.extension, fields, undefined);
}

const otherSong = { TITLE: ['Another Title'], ARTIST: ['Somebody Else'], ARTISTS: ['Somebody Else'] };

/** The index as it is after a download. */
function index(files: FileIndex, path: string, track: Track): void {
  const file = files.get(path);
  if (file !== undefined) files.put(file, trackKeys(track), files.factsOf(path));
}
const found = (files: FileIndex, track: Track): unknown =>
  files.find(track).map(({ path, isChanged = false }) => ({ path, isChanged }));

test.each(['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'])(
  'a .%s with another name, title and artist is still the song that it was downloaded for, also for an empty store',
  async (extension) => {
    const root = tempFolder();
    const path = join(root, `song.${extension}`);
    await put(path, bare);
    await retag(path, otherSong);
    const moved = join(root, `Somebody Else - Another Title.${extension}`);
    renameSync(path, moved);
    const { files } = openTestStore();
    await scanLibrary(root, files, { signal });
    expect(found(files, bare)).toEqual([{ path: moved, isChanged: false }]);
    expect(files.find({ ...bare, track: 'T.N.T.' })).toEqual([]);
  },
);

describe('a song whose ISRC a tag editor replaced', () => {
  const otherTags = { ...otherSong, ISRC: ['ZZTST1900099'] };
  test.each([
    ['where it was', 'song.opus'],
    ['and moved', join('Mine', 'x.opus')],
  ])('%s, is known by its upload, and changed', async (_what, to) => {
    const root = tempFolder();
    const path = join(root, 'song.opus');
    await put(path, withIsrc);
    const { files } = openTestStore();
    await scanLibrary(root, files, { signal });
    index(files, path, withIsrc);
    expect(found(files, withIsrc)).toEqual([{ path, isChanged: false }]);
    await retag(path, otherTags);
    // Another file, as programs write one that put it in the place of the first.
    const next = join(root, to);
    mkdirSync(join(root, 'Mine'), { recursive: true });
    copyFileSync(path, `${next}.new`);
    rmSync(path);
    renameSync(`${next}.new`, next);
    await scanLibrary(root, files, { signal });
    expect(found(files, withIsrc)).toEqual([{ path: next, isChanged: true }]);
    // And ever after.
    await scanLibrary(root, files, { signal });
    await retag(next, { TITLE: ['A third one'] });
    await scanLibrary(root, files, { signal });
    expect(found(files, withIsrc)).toEqual([{ path: next, isChanged: true }]);
  });

  test('is another one, when another recording lies in its place', async () => {
    const root = tempFolder();
    const path = join(root, 'song.opus');
    await put(path, withIsrc);
    const { files } = openTestStore();
    await scanLibrary(root, files, { signal });
    index(files, path, withIsrc);
    await retag(path, { ...otherTags, YOUTUBE_ID: ['bbbbbbbbbbb'] });
    await scanLibrary(root, files, { signal });
    expect(found(files, withIsrc)).toEqual([]);
  });
});

test('two names of one file that were both moved keep what is known of them', async () => {
  const root = tempFolder();
  for (const name of ['a.mp3', 'b.mp3']) writeFileSync(join(root, name), name);
  const { files } = openTestStore();
  await scanLibrary(root, files, { signal });
  for (const name of ['a', 'b']) index(files, join(root, `${name}.mp3`), { ...bare, track: name });
  for (const name of ['a.mp3', 'b.mp3']) renameSync(join(root, name), join(root, `moved ${name}`));
  expect(await scanLibrary(root, files, { signal })).toMatchObject({ read: 0, gone: 0 });
  expect(found(files, { ...bare, track: 'b' })).toEqual([
    { path: join(root, 'moved b.mp3'), isChanged: false },
  ]);
});
