import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLibraryWitness } from '../../../src/ear/witnesses/library.ts';
import type { ReferenceSource } from '../../../src/ear/witnesses/reference-source.ts';
import type { IndexedFile } from '../../../src/history/indexed-file.ts';
import { openStore, type Store } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';
import type { Heard } from '../../../src/tracks/heard.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const signal = new AbortController().signal;
const isrc = 'GBUM71029604';
const spotifyUri = 'spotify:track:4uLU6hMCjMI75M1A2tKUQC';
const track = { artists: ['Band'], artist: 'Band', track: 'Song', isrc, spotifyUri };
const fingerprint = Uint32Array.from({ length: 1_432 }, (_, at) => at);
const byDeezer: Heard = { verdict: 'proven', by: 'deezer' };
let store: Store;
let library: ReferenceSource;

beforeEach(() => {
  store = openStore(tempFolder(), systemClock);
  library = createLibraryWitness({ store });
});
afterEach(() => store.close());

interface Kept {
  readonly heard?: Heard;
  readonly keys?: readonly string[];
  readonly file?: Partial<IndexedFile>;
  readonly isMeasured?: boolean;
}

function keep(path: string, { heard, keys = [`isrc:${isrc}`], file = {}, isMeasured = true }: Kept): void {
  const stamp = { path, sizeBytes: 1_000, modifiedMs: 5, inode: '7' };
  const facts = { artists: [], genres: [], isrcs: [], hasCover: false };
  const whole = { ...facts, ...(heard === undefined ? {} : { heard }) };
  store.files.put({ ...stamp, downloaded: true, ...file }, keys, whole);
  if (!isMeasured) return;
  store.sounds.setKey(stamp, path);
  store.sounds.put(path, { loudness: undefined, fault: undefined, lengthMs: 180_000, fingerprint });
}
const find = (path = '/elsewhere/new.opus') =>
  library.find({ track, path, lengthMs: 180_000, fingerprint: undefined }, signal);

describe('a file of the library', () => {
  test.each([
    ['its ISRC', `isrc:${isrc}`],
    ['its Spotify URI', `uri:${spotifyUri}`],
  ])('that is proven is a reference by %s: its middle minute', async (_name, key) => {
    keep('/music/song.opus', { heard: byDeezer, keys: [key] });
    expect(await library.has?.(track, signal)).toBe(true);
    const found = await find();
    expect(found).toMatchObject({ reference: { by: 'library', lengthMs: 180_000 } });
    const values = typeof found === 'string' ? new Uint32Array() : found.reference.fingerprint;
    expect([values[0], values.length]).toEqual([473, 485]);
  });

  test.each<[string, Kept]>([
    ['was not heard', {}],
    ['is doubtful', { heard: { verdict: 'doubtful', by: 'deezer' } }],
    ['was proven by the library', { heard: { verdict: 'proven', by: 'library' } }],
    ['only has its name', { heard: byDeezer, keys: ['name:band|song|'] }],
    ['is broken', { heard: byDeezer, file: { fault: 'part of its audio is damaged' } }],
    ['was not measured', { heard: byDeezer, isMeasured: false }],
    ['has changed since', { heard: byDeezer, file: { sizeBytes: 999, inode: '8' } }],
  ])('that %s is none', async (_name, kept) => {
    keep('/music/song.opus', kept);
    expect(await library.has?.(track, signal)).toBe(false);
    expect(await find()).toBe('none');
  });

  test('is none for itself, under any of its names', async () => {
    keep('/music/song.opus', { heard: byDeezer });
    expect(await find('/music/song.opus')).toBe('none');
    keep('/music/list/song.opus', { heard: byDeezer });
    expect(await find('/music/song.opus')).toBe('none');
    keep('/music/other.opus', { heard: byDeezer, file: { inode: '9' } });
    expect(await find('/music/song.opus')).toMatchObject({ reference: { by: 'library' } });
  });
});
