import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import type { InputFile } from '../../src/sources/read-file.ts';
import { readListFile } from '../../src/sources/read-lists.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

const signal = new AbortController().signal;
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/sources/${name}`, import.meta.url), 'utf8'));
const exports = [
  'tracks.json',
  'account/Playlist1.json',
  'account/YourLibrary.json',
  'account-2020/Playlist.json',
];

async function readOrRefuse(
  name: string,
  content: string | Uint8Array,
): Promise<readonly TrackList[] | HarmoniError> {
  const bytes = Buffer.from(content);
  const file: InputFile = {
    name,
    path: `/${name}`,
    sizeBytes: bytes.length,
    async *open() {
      yield bytes;
    },
  };
  return readListFile(file, { signal }).catch((error: unknown) => {
    if (error instanceof HarmoniError) return error;
    throw error;
  });
}

/** @returns how many tracks there are */
function expectUsable(lists: readonly TrackList[] | HarmoniError): number {
  if (lists instanceof HarmoniError) return 0;
  const tracks = lists.flatMap((list) => list.tracks);
  for (const { artist, track, artists, durationMs } of tracks) {
    expect(`${artist}${track}`).not.toMatch(/\p{Cc}/u);
    expect(artists.join(', ')).toBe(artist);
    expect(durationMs === undefined || (Number.isFinite(durationMs) && durationMs >= 0)).toBe(true);
  }
  return tracks.length;
}

const fileName = fc.constantFrom('tracks.json', 'YourLibrary.json', 'Playlist1.json', '.json');

test('any JSON, and any text, is lists or is refused with a sentence', async () => {
  const content = fc.oneof(
    fc.json({ maxDepth: 5 }),
    hostileText,
    hostileText.map((text) => JSON.stringify({ tracks: [text, { artist: text, track: text }, [text]] })),
  );
  let tracks = 0;
  await fc.assert(
    fc.asyncProperty(fileName, content, async (name, text) => {
      tracks += expectUsable(await readOrRefuse(name, text));
    }),
    { numRuns: 400 },
  );
  expect(tracks).toBeGreaterThan(0);
});

/** Changes one value somewhere below, by a path of chances. */
function change(value: unknown, path: readonly number[], put: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return put;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((item: unknown, at) => (String(at) === key ? change(item, rest, put) : item));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === key ? change(item, rest, put) : (item as unknown),
    ]),
  );
}

test('an export with any value in a wrong place costs at most that', async () => {
  const path = fc.array(fc.nat(50), { minLength: 1, maxLength: 6 });
  let tracks = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...exports),
      path,
      fc.jsonValue({ maxDepth: 2 }),
      async (name, where, put) => {
        const damaged = change(fixture(name), where, put);
        tracks += expectUsable(await readOrRefuse(name.split('/').at(-1) ?? name, JSON.stringify(damaged)));
      },
    ),
    { numRuns: 500 },
  );
  expect(tracks).toBeGreaterThan(0);
});

test('tracks that were written come back: as many, in order, with their texts', async () => {
  const name = hostileText
    .map((text) => `x${text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029;]/gu, '')}x`)
    .filter((text) => text.trim() !== '');
  const song = fc.record({ artist: name.map((text) => text.replaceAll(',', '')), track: name });
  await fc.assert(
    fc.asyncProperty(fc.array(song, { minLength: 1, maxLength: 20 }), async (songs) => {
      const lists = await readOrRefuse('tracks.json', JSON.stringify({ tracks: songs }));
      if (lists instanceof HarmoniError) throw lists;
      expect(lists.flatMap((list) => list.skipped)).toEqual([]);
      expect(lists.flatMap((list) => list.tracks.map(({ artist, track }) => ({ artist, track })))).toEqual(
        songs,
      );
    }),
    { numRuns: 200 },
  );
});
