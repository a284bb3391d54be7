import { appendFileSync, copyFileSync, existsSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { alignClip } from '../../../src/ear/align.ts';
import { createLibraryWitness, type LibraryWitness } from '../../../src/ear/witnesses/library.ts';
import type { IndexedFile } from '../../../src/history/indexed-file.ts';
import { openStore, type Store } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { mustLookAt } from '../../../src/system/file-facts.ts';
import type { Heard } from '../../../src/tracks/heard.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { lengthMs, makeSounds, type Sounds } from '../set-up.ts';

const signal = new AbortController().signal;
const isrc = 'GBUM71029604';
const spotifyUri = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';
const track = { artists: ['Band'], artist: 'Band', track: 'Song', isrc, spotifyUri, durationMs: lengthMs };
const byDeezer: Heard = { verdict: 'proven', by: 'deezer' };
let sounds: Sounds;
let store: Store;
let library: LibraryWitness;
let folder: string;

beforeAll(async () => {
  sounds = await makeSounds();
  return () => sounds.close();
});
beforeEach(() => {
  folder = tempFolder();
  store = openStore(folder, systemClock);
  library = createLibraryWitness({ store, ffmpegPath: () => Promise.resolve(sounds.ffmpegPath) });
});
afterEach(() => store.close());

interface Kept {
  readonly heard?: Heard;
  readonly keys?: readonly string[];
  readonly file?: Partial<IndexedFile>;
  readonly title?: string;
  readonly artist?: string;
}

/** A copy of the song, as a scan found it. @returns its path */
async function keep(
  name: string,
  { heard, keys = [`isrc:${isrc}`], file = {}, title = 'Song', artist = 'Band' }: Kept,
): Promise<string> {
  const path = join(folder, name);
  if (!existsSync(path)) copyFileSync(sounds.song.path, path);
  const stamp = { path, ...(await mustLookAt(path)), durationMs: lengthMs };
  const facts = { title, artists: [artist], genres: [], isrcs: [], hasCover: false };
  const whole = { ...facts, ...(heard === undefined ? {} : { heard }) };
  store.files.put({ ...stamp, downloaded: true, ...file }, keys, whole);
  return path;
}
const find = (path = '/elsewhere/new.opus') =>
  library.find({ track, path, lengthMs, fingerprint: undefined }, signal);

describe('a file of the library', () => {
  test.each([
    ['its ISRC', `isrc:${isrc}`],
    ['its Spotify URI', `uri:${spotifyUri}`],
  ])('that is proven is a reference by %s', async (_name, key) => {
    await keep('song.opus', { heard: byDeezer, keys: [key] });
    expect(library.has(track)).toBe(true);
    const found = await find();
    expect(found).toMatchObject({ reference: { by: 'library', lengthMs } });
    const fingerprints = typeof found === 'string' ? [] : found.reference.fingerprints;
    const alignment = alignClip(fingerprints, sounds.song.fingerprint ?? new Uint32Array());
    expect(alignment?.bitError).toBeLessThan(0.06);
    expect(Math.abs((alignment?.atMs ?? 0) - 20_000)).toBeLessThan(100);
  });

  test.each<[string, Kept]>([
    ['was not heard', {}],
    ['is doubtful', { heard: { verdict: 'doubtful', by: 'deezer' } }],
    ['was proven by the library', { heard: { verdict: 'proven', by: 'library' } }],
    ['only has its name', { heard: byDeezer, keys: ['name:band|song|'] }],
    ['is broken', { heard: byDeezer, file: { fault: 'part of its audio is damaged' } }],
    ['is another song with that ISRC', { heard: byDeezer, title: 'Second Movement' }],
    ['is by others', { heard: byDeezer, artist: 'Others' }],
    ['is of another length', { heard: byDeezer, file: { durationMs: 240_000 } }],
  ])('that %s is none', async (_name, kept) => {
    await keep('song.opus', kept);
    expect(library.has(track)).toBe(false);
    expect(await find()).toBe('none');
  });

  test.each<[string, (path: string) => void]>([
    ['has changed since', (path) => appendFileSync(path, 'more')],
    ['is gone', (path) => rmSync(path)],
  ])('that %s is none, and the next one is taken', async (_name, change) => {
    change(await keep('a.opus', { heard: byDeezer }));
    expect(await find()).toBe('none');
    await keep('b.opus', { heard: byDeezer });
    expect(await find()).toMatchObject({ reference: { by: 'library' } });
  });

  test('that holds no sound is none', async () => {
    const path = join(folder, 'page.opus');
    writeFileSync(path, '<!DOCTYPE html>');
    await keep('page.opus', { heard: byDeezer });
    expect(await find()).toBe('none');
  });

  test('is none for itself, under any of its names', async () => {
    const path = await keep('song.opus', { heard: byDeezer });
    expect(await find(path)).toBe('none');
    linkSync(path, join(folder, 'link.opus'));
    await keep('link.opus', { heard: byDeezer });
    expect(await find(path)).toBe('none');
    await keep('other.opus', { heard: byDeezer });
    expect(await find(path)).toMatchObject({ reference: { by: 'library' } });
  });
});
