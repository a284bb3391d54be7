import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planConversion, type ConversionPlan } from '../../src/downloads/conversion-plan.ts';
import { examineFile } from '../../src/downloads/examine-file.ts';
import { bufferedFile, measureSound, soundFault } from '../../src/formats/sound-length.ts';
import { tagFieldsOf } from '../../src/downloads/tag-fields.ts';
import { createTagger } from '../../src/downloads/tag.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { video } from '../helpers/media.ts';
import { convertFile, sine } from '../downloads/sounds.ts';

const formats = ['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;
const seconds = 12;
const tagger = createTagger();
const track = { artists: ['One'], artist: 'One', track: 'Song' };

/** A tagged file of twelve seconds; HARMONI's own when it is given a video. */
async function soundOf(format: ConversionPlan['extension'], videoId?: string): Promise<string> {
  const path = join(tempFolder(), `One - Song.${format}`);
  const from = await sine(format === 'm4a' ? 'm4a' : 'webm', seconds);
  await convertFile(from, path, planConversion(format, format === 'm4a' ? 'aac' : 'opus', 'low'));
  await tagger.write(
    path,
    format,
    tagFieldsOf(track, 'comprehensive', videoId === undefined ? undefined : video(videoId)),
    undefined,
  );
  return path;
}

async function examine(path: string, isKnown = false) {
  const sizeBytes = readFileSync(path).length;
  // It lies where HARMONI put one.
  const before = isKnown ? { downloaded: true, keys: ['isrc:AA1'] } : undefined;
  const { file, keys } = await examineFile(path, { sizeBytes, modifiedMs: 1 }, before);
  return { ...file, keys };
}

describe.each(formats)('%s', (format) => {
  test('a whole file has all the sound that it promises, by a look and by counting', async () => {
    const path = await soundOf(format);
    for (const whole of [true, false]) {
      const sound = await measureSound(bufferedFile(readFileSync(path)), extname(path), whole);
      expect(sound?.presentMs).toBeGreaterThan(seconds * 1000 - 150);
      expect(sound?.presentMs).toBeLessThan(seconds * 1000 + 150);
      expect(sound === undefined ? 'nothing' : soundFault(sound)).toBeUndefined();
    }
    const file = await examine(path);
    expect(file.fault).toBeUndefined();
    expect(Math.abs((file.durationMs ?? 0) - seconds * 1000)).toBeLessThan(150);
  });

  test('a file that was cut off is found out by a look, though its header is honest', async () => {
    for (const part of [0.3, 0.5, 0.9]) {
      const path = await soundOf(format, 'aaaaaaaaaaa');
      const { length } = readFileSync(path);
      // The header and the tags stay: what is missing is sound.
      truncateSync(path, Math.round(length * part));
      const file = await examine(path, true);
      expect(file.fault, `${part} of a .${format}`).toBeDefined();
      expect(file.downloaded).toBe(true);
    }
  });

  test('what is no sound at all, or nothing, is found out', async () => {
    for (const content of ['', 'bad\n', '\0'.repeat(5_000)]) {
      const path = join(tempFolder(), `One - Song.${format}`);
      writeFileSync(path, content);
      expect((await examine(path)).fault, JSON.stringify(content.slice(0, 10))).toBeDefined();
    }
  });
});

test('frames of an MP3 are counted, whatever its header promises', async () => {
  const file = readFileSync(await soundOf('mp3'));
  // The second half is no sound any more; the size and the header say nothing of it.
  file.fill(0, Math.floor(file.length / 2));
  const sound = await measureSound(bufferedFile(file), 'mp3', true);
  expect(sound?.promisedMs).toBeGreaterThan(seconds * 1000 - 150);
  expect(sound?.presentMs).toBeLessThan(seconds * 600);
  expect(sound === undefined ? '' : soundFault(sound)).toMatch(/^it ends after 0:0\d of 0:12$/);
});

test('tags behind the sound of an MP3 are no sound, and none of its faults', async () => {
  const path = await soundOf('mp3');
  appendFileSync(path, `TAG${'\0'.repeat(125)}`);
  expect((await examine(path)).fault).toBeUndefined();
  const sound = await measureSound(bufferedFile(readFileSync(path)), 'mp3', true);
  expect(sound?.presentMs).toBeLessThan(seconds * 1000 + 150);
});

test('a recording of a stream, which has no end, is no fault of a file that HARMONI did not make', async () => {
  const own = await soundOf('opus', 'aaaaaaaaaaa');
  const theirs = await soundOf('opus');
  for (const path of [own, theirs]) {
    const file = readFileSync(path);
    const last = file.lastIndexOf('OggS');
    writeFileSync(path, file.subarray(0, last));
  }
  expect((await examine(own)).fault).toBe('the end is missing');
  expect((await examine(theirs)).fault).toBeUndefined();
  expect(basename(theirs)).toContain('.opus');
});
