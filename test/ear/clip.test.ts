import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { align } from '../../src/ear/align.ts';
import { clipFingerprints, clipOfFile } from '../../src/ear/clip.ts';
import { fingerprintFile } from '../../src/sound/measure-file.ts';
import { musicRate, playMusic } from '../helpers/music.ts';
import { encodeSound } from '../helpers/sounds.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';
import { program, signal } from './set-up.ts';

const music = playMusic(7, { seconds: 60 });
let ffmpegPath: string;
let bytes: Buffer;

beforeAll(async () => {
  ffmpegPath = (await realTools()).ffmpeg;
  bytes = await encodeSound(ffmpegPath, music, { format: 'mp3', seconds: 30 });
});

/** Of a file with the music from there on. */
async function printFrom(samples: number, seconds: number): Promise<Uint32Array> {
  const path = join(tempFolder(), 'part.flac');
  const pcm = music.subarray(2 * Math.round((samples / 11_025) * musicRate));
  writeFileSync(path, await encodeSound(ffmpegPath, pcm, { format: 'flac', seconds }));
  return (await fingerprintFile(path, { ffmpegPath, signal })) ?? new Uint32Array();
}
const clipOf = async (seconds: number): Promise<Buffer> =>
  encodeSound(ffmpegPath, music, { format: 'flac', seconds });

test.each([
  [4, 4],
  [10.05, 10.05],
  [30, 30],
  [59, 40],
])('a clip of %s s has two fingerprints, half a step apart', async (seconds, heard) => {
  const [first, later] = (await clipFingerprints(await clipOf(seconds), { ffmpegPath, signal })) ?? [];
  const [whole, shifted] = [await printFrom(0, heard), await printFrom(683, heard - 683 / 11_025)];
  const found = [align(first ?? new Uint32Array(), whole), align(later ?? new Uint32Array(), shifted)];
  for (const alignment of found) {
    expect(alignment?.bitError).toBeLessThan(0.01);
    expect(alignment?.atMs).toBeCloseTo(0);
  }
  expect(first).toHaveLength(later?.length ?? 0);
  expect(Math.abs((first?.length ?? 0) - whole.length)).toBeLessThan(2);
});

test.each([
  ['a page', Buffer.from('<!DOCTYPE html><title>Not found</title>')],
  ['nothing', Buffer.alloc(0)],
  [
    'a playlist that leads elsewhere',
    Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:1/a.ts\n'),
  ],
])('%s has none', async (_name, rubbish) => {
  expect(await clipFingerprints(rubbish, { ffmpegPath, signal })).toBeUndefined();
});

test('less than 3 s has none', async () => {
  expect(await clipFingerprints(await clipOf(2), { ffmpegPath, signal })).toBeUndefined();
});

test('there is none without an ffmpeg, with one that takes too long, and with one that makes half of them', async () => {
  expect(await clipFingerprints(bytes, { ffmpegPath: '/nowhere/ffmpeg', signal })).toBeUndefined();
  expect(await clipFingerprints(bytes, { ffmpegPath, signal, timeoutMs: 0 })).toBeUndefined();
  expect(await clipFingerprints(bytes, { ffmpegPath: program('printf 12345678'), signal })).toBeUndefined();
});

test('whoever cancels is told so', async () => {
  const over = AbortSignal.abort(new Error('over'));
  await expect(clipFingerprints(bytes, { ffmpegPath, signal: over })).rejects.toThrow('over');
});

test.each([
  [60_000, 10_000],
  [300_000, 30_000],
  [20_000, 0],
  [undefined, 0],
])('a clip of a file of %s ms begins at %i ms', async (lengthMs, fromMs) => {
  const path = join(tempFolder(), 'song.flac');
  writeFileSync(path, await clipOf(60));
  const sound = (await clipOfFile(path, lengthMs, { ffmpegPath, signal })) ?? new Uint8Array();
  const [first = new Uint32Array()] = (await clipFingerprints(sound, { ffmpegPath, signal })) ?? [];
  const found = align(first, await printFrom(0, 60));
  expect(found?.bitError).toBeLessThan(0.1);
  expect(Math.abs((found?.atMs ?? -1_000) - fromMs)).toBeLessThan(100);
});
