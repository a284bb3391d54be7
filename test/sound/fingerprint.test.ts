import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ones } from '../../src/sound/bits.ts';
import { fingerprintOf } from '../../src/sound/fingerprint.ts';
import { fingerprintFile } from '../../src/sound/measure-file.ts';
import { packFingerprint } from '../../src/sound/pack-fingerprint.ts';
import { runProcess } from '../../src/system/process.ts';
import { playMusic } from '../helpers/music.ts';
import { encodeSound } from '../helpers/sounds.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

const signal = new AbortController().signal;
let ffmpegPath: string;
let bytes: Buffer;

beforeAll(async () => {
  ffmpegPath = (await realTools()).ffmpeg;
  bytes = await encodeSound(ffmpegPath, playMusic(7, { seconds: 30 }), { format: 'mp3' });
});

test('bytes have the fingerprint that their file has', async () => {
  const path = join(tempFolder(), 'clip.mp3');
  writeFileSync(path, bytes);
  const values = await fingerprintOf(bytes, { ffmpegPath, signal });
  expect(values?.length).toBeGreaterThan(215);
  expect(await fingerprintFile(path, { ffmpegPath, signal })).toEqual(values);
});

test('a fingerprint is of as many seconds as are asked for', async () => {
  const values = await fingerprintOf(bytes, { ffmpegPath, signal, seconds: 10 });
  expect(values).toHaveLength(59);
});

test('a fingerprint begins where it is asked to', async () => {
  const values = (await fingerprintOf(bytes, { ffmpegPath, signal })) ?? new Uint32Array();
  const from = { fromSeconds: (8 * 1365) / 11_025, seconds: 10 };
  const later = (await fingerprintOf(bytes, { ffmpegPath, signal, ...from })) ?? new Uint32Array();
  expect(later).toHaveLength(59);
  const bits = later.reduce((sum, value, at) => sum + ones(value ^ (values[at + 8] ?? 0)), 0);
  expect(bits / 32 / 59).toBeLessThan(0.01);
});

test.each([
  ['a page', Buffer.from('<!DOCTYPE html><title>Not found</title>')],
  ['nothing', Buffer.alloc(0)],
  [
    'a playlist that leads elsewhere',
    Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:1/a.ts\n'),
  ],
])('%s has none', async (_name, rubbish) => {
  expect(await fingerprintOf(rubbish, { ffmpegPath, signal })).toBeUndefined();
});

test('there is none without an ffmpeg, and with one that takes too long', async () => {
  expect(await fingerprintOf(bytes, { ffmpegPath: '/nowhere/ffmpeg', signal })).toBeUndefined();
  expect(await fingerprintOf(bytes, { ffmpegPath, signal, timeoutMs: 0 })).toBeUndefined();
});

test('whoever cancels is told so', async () => {
  const over = AbortSignal.abort(new Error('over'));
  await expect(fingerprintOf(bytes, { ffmpegPath, signal: over })).rejects.toThrow('over');
});

test('a fingerprint is packed as ffmpeg packs it', async () => {
  const path = join(tempFolder(), 'clip.mp3');
  writeFileSync(path, bytes);
  const args = ['-v', 'error', '-i', path, '-ac', '1', '-ar', '11025', '-f', 'chromaprint', '-'];
  const { stdout } = await runProcess(ffmpegPath, args);
  const values = await fingerprintOf(bytes, { ffmpegPath, signal });
  expect(packFingerprint(values ?? new Uint32Array())).toBe(stdout.trim());
});
