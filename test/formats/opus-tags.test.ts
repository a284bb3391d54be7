import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planConversion } from '../../src/downloads/conversion-plan.ts';
import { replaceOpusTags } from '../../src/formats/opus-tags.ts';
import { remux } from '../../src/downloads/remux.ts';
import { createTagLib } from '../../src/downloads/taglib.ts';
import fc from '../helpers/properties.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

let ffmpeg: string;
const folder = mkdtempSync(join(tmpdir(), 'harmoni-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
let remuxed: Buffer;
let encoded: Buffer;
beforeAll(async () => {
  ffmpeg = (await realTools()).ffmpeg;
  const webm = make(join(folder, 'a.webm'));
  await remux(webm, join(folder, 'a.opus'), planConversion('opus', 'opus', 'high'));
  remuxed = readFileSync(join(folder, 'a.opus'));
  encoded = readFileSync(make(join(folder, 'b.opus')));
});

function make(path: string): string {
  const sine = ['-f', 'lavfi', '-i', 'sine=440:d=5.3', '-c:a', 'libopus'];
  execFileSync(ffmpeg, ['-nostdin', '-v', 'error', '-y', ...sine, path]);
  return path;
}

/** What ffmpeg decodes; it says nothing of a file that is in order, but of the picture, which is padded. */
function soundOf(file: Buffer): string {
  const path = join(tempFolder(), 'a.opus');
  writeFileSync(path, file);
  const run = `"$1" -nostdin -v warning -i "$2" -map 0:a -f md5 - 2>&1 | grep -v '^.png'`;
  return execFileSync('bash', ['-c', run, 'bash', ffmpeg, path]).toString();
}

// A PNG of one pixel.
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const comments = { TITLE: ['Söng'], ARTISTS: ['One', 'Two'] };

function tagged(file: Buffer, coverBytes: number): Buffer {
  const cover = { mimeType: 'image/png' as const, data: Buffer.concat([pixel], coverBytes) };
  const parts = replaceOpusTags(Buffer.from(file), comments, coverBytes === 0 ? undefined : cover);
  if (parts === undefined) throw new Error('It was not taken.');
  return Buffer.concat(parts);
}

describe('tags of Opus', () => {
  test.each([0, 70, 48_700, 200_000])(
    'with a cover of %i bytes leave every sample as it was',
    (coverBytes) => {
      for (const file of [remuxed, encoded]) {
        expect(soundOf(tagged(file, coverBytes))).toBe(soundOf(file));
        // Again: from many pages back to one.
        expect(soundOf(tagged(tagged(file, coverBytes), 0))).toBe(soundOf(file));
      }
    },
  );

  test('of every length up to two pages are laid out as RFC 3533 wants it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (coverBytes) => {
        const file = tagged(remuxed, coverBytes);
        const back = tagged(file, 0);
        expect(back.equals(tagged(remuxed, 0))).toBe(true);
      }),
    );
  });

  test('are read back by others, and the vendor is kept', async () => {
    const path = join(tempFolder(), 'a.opus');
    writeFileSync(path, tagged(encoded, 1_000));
    const { common } = await parseFile(path);
    expect(common).toMatchObject({ title: 'Söng', artists: ['One', 'Two'] });
    expect(common.picture).toMatchObject([{ format: 'image/png', type: 'Cover (front)' }]);
    expect(common.picture?.[0]?.data).toHaveLength(1_000);
    expect(readFileSync(path).includes('Lavf')).toBe(true);
  });

  test('of another program give way, whatever their size', async () => {
    const path = join(tempFolder(), 'a.opus');
    writeFileSync(path, remuxed);
    const cover = { mimeType: 'image/jpeg' as const, data: Buffer.alloc(90_000, 1) };
    await createTagLib().write(path, 'opus', { properties: { TITLE: ['Old'] } }, cover);
    const file = tagged(readFileSync(path), 0);
    expect(file.equals(tagged(remuxed, 0))).toBe(true);
  });

  test('are not written by guess: a file that is not one whole plain stream is left to TagLib', () => {
    expect(replaceOpusTags(Buffer.concat([remuxed, encoded]), comments, undefined)).toBeUndefined();
    expect(replaceOpusTags(Buffer.alloc(0), comments, undefined)).toBeUndefined();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: remuxed.length - 1 }), (length) => {
        const cut = Buffer.from(remuxed.subarray(0, length));
        const parts = replaceOpusTags(cut, comments, undefined);
        // Cut between two pages it is a shorter stream, which the check of the length finds out.
        if (parts === undefined) return;
        expect(remuxed.subarray(length, length + 4).toString()).toBe('OggS');
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(replaceOpusTags(Buffer.from(bytes), comments, undefined)).toBeUndefined();
      }),
    );
  });
});
