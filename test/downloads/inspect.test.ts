import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  faultOf,
  inspect,
  lengthFaultOf,
  lengthToleranceMs,
  measureLength,
  type Inspected,
} from '../../src/downloads/inspect.ts';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import type { HarmoniError } from '../../src/errors.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { convertFile, sine, untaggedFile } from './sounds.ts';

const good: Inspected = {
  durationMs: 200_000,
  fault: undefined,
  bitrateKbps: 130,
  sampleRateHz: 48_000,
  format: 'Ogg Opus',
  facts: { title: 'Song', artist: 'One', artists: ['One'], genres: [], isrcs: [], hasCover: true },
};
const withoutArtist = { title: 'Song', artists: [], genres: [], isrcs: [], hasCover: true };
const wanted = {
  extension: 'opus',
  durationMs: 200_000,
  fields: { properties: { TITLE: ['Song'], ARTIST: ['One'] } },
  cover: true,
} as const;

test('a file that is as it should be has no fault', () => {
  expect(faultOf(good, wanted)).toBeUndefined();
});

describe('the fault', () => {
  test.each([
    ['another format', { format: 'MPEG MPEG 1 Layer 3' }, 'It should be opus, but is MPEG MPEG 1 Layer 3.'],
    ['no format at all', { format: '' }, 'It should be opus, but is not audio.'],
    ['no sound', { durationMs: 0 }, 'It has no audio.'],
    ['half of it', { durationMs: 100_000 }, "It's 1:40 long instead of 3:20."],
    [
      'a header that promises more',
      { fault: 'it ends after 0:10 of 3:20' },
      "It's incomplete: it ends after 0:10 of 3:20.",
    ],
    ['more than it', { durationMs: 203_500 }, "It's 3:24 long instead of 3:20."],
    ['different title', { facts: { ...good.facts, title: 'Son' } }, `Its tag "title" wasn't saved.`],
    ['no artist', { facts: withoutArtist }, `Its tag "artist" wasn't saved.`],
    ['no cover', { facts: { ...good.facts, hasCover: false } }, "Its cover wasn't saved."],
  ])('of %s is told', (_, found, fault) => {
    expect(faultOf({ ...good, ...found }, wanted)).toBe(fault);
  });
});

test('a length that is a little off is none', () => {
  for (const off of [-lengthToleranceMs, lengthToleranceMs]) {
    expect(faultOf({ ...good, durationMs: 200_000 + off }, wanted)).toBeUndefined();
  }
});

test('what was not known or not asked for is not compared', () => {
  const other = { ...good.facts, title: 'x', artist: 'y', album: 'z', hasCover: false };
  const bare: Inspected = { ...good, facts: other };
  const expected = { extension: 'opus', durationMs: undefined, fields: undefined, cover: false } as const;
  expect(faultOf(bare, expected)).toBeUndefined();
});

test.each(['', 'no sound at all', '\u0000'.repeat(5_000), 'ID3\u0004\u0000\u0000\u007f\u007f\u007f\u007f'])(
  'a file that is no sound (%j) is none',
  async (content) => {
    const path = join(tempFolder(), 'x.finished');
    writeFileSync(path, content);
    const found = await inspect(path, 'mp3').catch((error: unknown) => error);
    if (found instanceof Error) expect(found).toMatchObject({ code: 'verify-failed' });
    // A reader that took it for something still finds no sound in it.
    else expect(faultOf({ ...good, ...(found as Inspected) }, { ...wanted, extension: 'mp3' })).toBeDefined();
  },
);

test("a file that is not there can't be read back", async () => {
  await expect(inspect(join(tempFolder(), 'nothing'), 'mp3')).rejects.toMatchObject({
    code: 'verify-failed',
  });
});

/** An ID3v2.4 tag of so many bytes: a title, and the rest as a cover would take it. */
function id3Tag(bytes: number): Buffer {
  const frame = (id: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(10);
    head.write(id);
    writeSynchsafe(head, content.length, 4);
    return Buffer.concat([head, content]);
  };
  const title = frame('TIT2', Buffer.from('\u0003Song'));
  const header = Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1');
  writeSynchsafe(header, bytes - header.length, 6);
  const rest = bytes - header.length - title.length - 10;
  return Buffer.concat([header, title, frame('PRIV', Buffer.from(`x\0${'y'.repeat(rest - 2)}`))]);
}

function writeSynchsafe(to: Buffer, value: number, at: number): void {
  for (const [index, shift] of [21, 14, 7, 0].entries()) to[at + index] = (value >> shift) & 0x7f;
}

async function untaggedMp3(folder: string): Promise<Buffer> {
  const path = join(folder, 'plain');
  await convertFile(await sine('webm'), path, planConversion('mp3', 'opus', 'low'));
  const file = readFileSync(path);
  expect(file.toString('latin1', 0, 3)).toBe('ID3');
  const size = [...file.subarray(6, 10)].reduce((sum, byte) => sum * 128 + byte, 0);
  return file.subarray(10 + size);
}

test('an MP3 is read back wherever its tag ends, byte by byte over two pages', async () => {
  const folder = tempFolder();
  const sound = await untaggedMp3(folder);
  const path = join(folder, '0.finished');
  const unread: number[] = [];
  for (let bytes = 40; bytes < 40 + 8_192; bytes += 1) {
    writeFileSync(path, Buffer.concat([id3Tag(bytes), sound]));
    const found = await inspect(path, 'mp3').catch(() => undefined);
    if (found?.facts.title !== 'Song' || Math.abs(found.durationMs - 1_000) > 200) unread.push(bytes);
  }
  expect(unread).toEqual([]);
});

test('one that is too large for the memory is read back too', async () => {
  const folder = tempFolder();
  const sound = await untaggedMp3(folder);
  const path = join(folder, '0.finished');
  for (const bytes of [4_099, 4_100, 5_000_000]) {
    writeFileSync(path, Buffer.concat([id3Tag(bytes), sound]));
    // A hole instead of an hour of sound.
    truncateSync(path, 65 * 2 ** 20);
    expect((await inspect(path, 'mp3')).facts.title, `a tag of ${bytes} bytes`).toBe('Song');
  }
});

describe.each(['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const)(
  'of %s by its structure',
  (extension) => {
    test('the length is the one that is read back', async () => {
      const path = join(tempFolder(), '0.finished');
      await untaggedFile(extension, path);
      const { durationMs, fault } = await inspect(path, extension);
      expect(await measureLength(path, extension)).toEqual({ durationMs, fault });
    });

    test.each([0.3, 0.01, 0])('what is left when %d of it is kept has a fault', async (kept) => {
      const path = join(tempFolder(), '0.finished');
      await untaggedFile(extension, path);
      truncateSync(path, Math.floor(statSync(path).size * kept));
      const fault = await measureLength(path, extension).then(
        (found) => lengthFaultOf(found, 1_000),
        (error: unknown) => (error as HarmoniError).code,
      );
      expect(fault).toMatch(
        /^It has no audio\.$|^It's incomplete: |^verify-failed$|^It's 0:0\d long instead/,
      );
    });
  },
);

describe.each(['opus', 'ogg'] as const)('tags of %s', (extension) => {
  test.each([10, 20_000, 40_000, 1_000_000, 3_000_000])(
    'are read back with a cover of %i bytes, and the bit rate is about that of the file',
    async (bytes) => {
      const path = join(tempFolder(), '0.finished');
      const seconds = 30;
      await convertFile(await sine('webm', seconds), path, planConversion(extension, 'other', 'low'));
      const plain = await inspect(path, extension);
      const cover = { mimeType: 'image/jpeg' as const, data: Buffer.alloc(bytes, 'cover') };
      const { fields } = wanted;
      await createTagger().write(path, extension, fields, cover);
      const found = await inspect(path, extension);
      expect(faultOf(found, { extension, durationMs: seconds * 1_000, fields, cover: true })).toBeUndefined();
      // That of Vorbis stands in its header.
      const [before = 0, now = 0] = [plain.bitrateKbps, found.bitrateKbps];
      const ofCover = extension === 'ogg' ? 0 : (8 * (bytes * 4)) / 3 / seconds / 1_000;
      expect(Math.abs(now - before - ofCover)).toBeLessThan(2 + ofCover / 100);
      expect(before).toBeGreaterThan(20);
    },
  );
});
