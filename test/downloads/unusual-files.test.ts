import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examineFile } from '../../src/downloads/examine-file.ts';
import { runProcess } from '../../src/system/process.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

const seconds = 12;
const input = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}:sample_rate=48000`];

/** A file of the user's that the ffmpeg of this machine made. */
async function make(name: string, ...options: string[]): Promise<string> {
  const { ffmpeg } = await realTools();
  const path = join(tempFolder(), name);
  const { exitCode, stderr } = await runProcess(ffmpeg, ['-y', ...input, ...options, path]);
  if (exitCode !== 0) throw new Error(stderr);
  return path;
}

async function faultOf(path: string): Promise<string | undefined> {
  const sizeBytes = readFileSync(path).length;
  return (await examineFile(path, { sizeBytes, modifiedMs: 1 }, undefined)).file.fault;
}

function change(path: string, by: (file: Buffer) => Buffer): void {
  writeFileSync(path, by(readFileSync(path)));
}

/** An ID3v2.4 tag with nothing in it but padding. */
const id3 = Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0x10, 0]), Buffer.alloc(2048)]);

describe("a whole file of the user's is not called broken", () => {
  test.each<[string, string[]]>([
    ['mp4.mp3', ['-c:a', 'aac', '-f', 'mp4']],
    ['webm.mp3', ['-c:a', 'libopus', '-f', 'webm']],
    ['ogg.mp3', ['-c:a', 'libopus', '-f', 'ogg']],
    ['flac.mp3', ['-c:a', 'flac', '-f', 'flac']],
    ['wav.mp3', ['-f', 'wav']],
    ['layer-2.mp3', ['-c:a', 'mp2', '-f', 'mp2']],
    ['no-xing.mp3', ['-write_xing', '0']],
    ['low.mp3', ['-ar', '11025']],
    ['mp3.m4a', ['-f', 'mp3']],
    ['adts.m4a', ['-c:a', 'aac', '-f', 'adts']],
    ['webm.m4a', ['-c:a', 'libopus', '-f', 'webm']],
    ['alac.m4a', ['-c:a', 'alac']],
    ['fragmented.m4a', ['-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov']],
    ['webm.opus', ['-c:a', 'libopus', '-f', 'webm']],
    ['mp4.opus', ['-c:a', 'aac', '-f', 'mp4']],
    ['flac.ogg', ['-c:a', 'flac', '-f', 'ogg']],
    ['ogg.flac', ['-c:a', 'flac', '-f', 'ogg']],
    ['mp3.flac', ['-f', 'mp3']],
    ['rf64.wav', ['-rf64', 'always']],
    ['w64.wav', ['-f', 'w64']],
    ['aiff.wav', ['-f', 'aiff']],
  ])('(%s)', async (name, options) => {
    expect(await faultOf(await make(name, ...options))).toBeUndefined();
  });

  test.each([0, 0x7fff_0000, 0x7fff_f000, 0x7fff_ffff, 0x8000_0000, 0xffff_ff00, 0xffff_ffff])(
    '(a WAV that was written to a pipe: its length is %i)',
    async (length) => {
      const path = await make('stream.wav');
      change(path, (file) => {
        file.writeUInt32LE(length, file.indexOf('data') + 4);
        return file;
      });
      expect(await faultOf(path)).toBeUndefined();
    },
  );

  test.each([
    ['opus', '-c:a', 'libopus'],
    ['ogg', '-c:a', 'libvorbis'],
    ['flac'],
    ['wav'],
    ['m4a', '-c:a', 'aac'],
    ['mp3'],
  ])('(an ID3 tag in front of .%s)', async (extension, ...options) => {
    const path = await make(`song.${extension}`, ...options);
    change(path, (file) => Buffer.concat([id3, file]));
    expect(await faultOf(path)).toBeUndefined();
  });

  test('(a tag with a large cover behind FLAC)', async () => {
    const path = await make('song.flac');
    change(path, (file) => Buffer.concat([file, Buffer.alloc(700_000, 'APETAGEX')]));
    expect(await faultOf(path)).toBeUndefined();
  });

  test('(an MP3 whose header counts frames alone)', async () => {
    const path = await make('song.mp3');
    change(path, (file) => {
      file.writeUInt32BE(1, Math.max(file.indexOf('Xing'), file.indexOf('Info')) + 4);
      return file;
    });
    expect(await faultOf(path)).toBeUndefined();
  });
});

test.each([
  ['song.m4a', 'aac', 'mp4'],
  ['song.mp3', 'aac', 'mp4'],
  ['song.opus', 'flac', 'flac'],
  ['song.flac', 'pcm_s16le', 'wav'],
])('one that was cut off is, whatever it is called (%s, %s)', async (name, codec, container) => {
  const path = await make(name, '-c:a', codec, '-f', container);
  change(path, (file) => file.subarray(0, Math.floor(file.length / 2)));
  expect(await faultOf(path)).toBeDefined();
});

test("another program's tag of the same name does not make a file HARMONI's own", async () => {
  const path = await make('song.mp3', '-metadata', 'YOUTUBE_ID=https://example.test/x');
  const sizeBytes = readFileSync(path).length;
  const { file, keys } = await examineFile(path, { sizeBytes, modifiedMs: 1 }, undefined);
  expect(file).toMatchObject({ downloaded: false });
  expect(keys.filter((key) => key.startsWith('youtube:'))).toEqual([]);
});
