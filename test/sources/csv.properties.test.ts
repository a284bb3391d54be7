import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HarmoniError } from '../../src/errors.ts';
import { readText } from '../../src/sources/read-lists.ts';
import type { TrackList } from '../../src/tracks/track.ts';
import { stringify } from '../helpers/csv-text.ts';
import { hostileText } from '../helpers/hostile-text.ts';
import fc from '../helpers/properties.ts';

const fixtures = new URL('../fixtures/sources/', import.meta.url);
const files = readdirSync(fixtures)
  .filter((name) => name.endsWith('.csv'))
  .map((name) => readFileSync(new URL(name, fixtures)));
const signal = new AbortController().signal;

/** In pieces of any size, as a disk or a pipe hands them out. */
async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(bytes: Uint8Array, sizes: readonly number[] = [65_536]): Promise<TrackList> {
  const file = { name: 'list.csv', path: '', open: () => inPieces(bytes, sizes) };
  const [list] = await readText(file, { signal });
  if (list === undefined) throw new Error('no list');
  return list;
}

/** A list, or a failure with a sentence; anything else is thrown on. */
async function readOrRefuse(bytes: Uint8Array): Promise<TrackList | HarmoniError> {
  return read(bytes).catch((error: unknown) => {
    if (error instanceof HarmoniError) return error;
    throw error;
  });
}

function expectUsable(list: TrackList): void {
  for (const { artist, track, artists, durationMs } of list.tracks) {
    expect(`${artist}${track}`).not.toMatch(/\p{Cc}/u);
    expect(artists.join(', ')).toBe(artist);
    expect(durationMs === undefined || (Number.isFinite(durationMs) && durationMs >= 0)).toBe(true);
  }
  for (const { reason } of list.skipped) expect(reason).not.toBe('');
}

const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });

test('any bytes are a list or are refused with a sentence', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    hostileText.map((text) => Buffer.from(text)),
    hostileText.map((text) => Buffer.from(`Track Name,Artist Name(s)\n${text}`, 'utf16le')),
    hostileText.map((text) => Buffer.from(`\ufeffTrack Name,Artist Name(s)\n${text},${text}`, 'utf16le')),
    hostileText.map((text) => Buffer.from(`Track Name,Artist Name(s)\n${text},${text}`)),
  );
  let lists = 0;
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const list = await readOrRefuse(content);
      if (list instanceof HarmoniError) return;
      lists += 1;
      expectUsable(list);
    }),
    { numRuns: 300 },
  );
  expect(lists).toBeGreaterThan(0);
});

type Edit = (bytes: Buffer) => Buffer;
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30), fc.uint8Array({ maxLength: 12 }))
    .map(([where, length, put]): Edit => (bytes) => {
      const at = Math.floor(where * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + length)]);
    }),
  fc
    .tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('"', ',', '\n', '\r', ';', '\0', '""', '\ufeff'),
    )
    .map(([where, put]): Edit => (bytes) => {
      const at = Math.floor(where * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at)]);
    }),
  fc.double({ min: 0, max: 1, noNaN: true }).map(
    (where): Edit =>
      (bytes) =>
        bytes.subarray(0, Math.floor(where * bytes.length)),
  ),
);

test('a damaged export of any year is a list or is refused with a sentence, and never has rows that it had not', async () => {
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      async (file, edits) => {
        const damaged = edits.reduce<Buffer>((bytes, change) => change(bytes), file);
        const list = await readOrRefuse(damaged);
        if (list instanceof HarmoniError) return;
        rows += list.tracks.length;
        expectUsable(list);
        const breaks = damaged.filter((byte) => byte === 10 || byte === 13).length;
        expect(list.tracks.length + list.skipped.length).toBeLessThanOrEqual(breaks + 2);
      },
    ),
    { numRuns: 400 },
  );
  expect(rows).toBeGreaterThan(0);
});

test('how the bytes arrive makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), sizes, async (file, pieces) => {
      const whole = await readOrRefuse(file);
      const split = await read(file, pieces).catch((error: unknown) => error);
      if (whole instanceof HarmoniError)
        expect(split).toMatchObject({ code: whole.code, message: whole.message });
      else expect(split).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

/** A text that a cell keeps as it is: one line, trimmed, without what no name has. */
const cell = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', "'", ' ', '""', 'é', '椎', '😀', '-', '.', '/'),
      fc.string({ minLength: 1 }),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => `x${parts.join('').replaceAll(/[\p{Cc}\p{Cs},;\\\u2028\u2029]/gu, '')}x`);

test('rows that were written come back: as many, in order, with their texts', async () => {
  const rows = fc.array(fc.tuple(cell, cell, cell, fc.integer({ min: 1_000, max: 3_600_000 })), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), sizes, async (songs, lineBreak, pieces) => {
      const text = stringify([
        ['Track Name', 'Artist Name(s)', 'Album Name', 'Duration (ms)'],
        ...songs.map(([track, artist, album, ms]) => [track, artist, album, String(ms)]),
      ]).replaceAll('\n', lineBreak);
      const list = await read(Buffer.from(text), pieces);
      expect(list.skipped).toEqual([]);
      expect(
        list.tracks.map(({ track, artist, album, durationMs }) => [track, artist, album, durationMs]),
      ).toEqual(songs.map(([track, artist, album, ms]) => [track, artist, album, ms]));
    }),
    { numRuns: 150 },
  );
});
