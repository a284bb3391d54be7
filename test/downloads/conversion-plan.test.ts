import { describe, expect, test } from 'vitest';
import { audioFormats } from '../../src/config/audio-formats.ts';
import {
  planConversion,
  sourceCodecOf,
  streamWishOf,
  type SourceCodec,
} from '../../src/downloads/conversion-plan.ts';

const codecs: readonly SourceCodec[] = ['opus', 'aac', 'vorbis', 'mp3', 'other'];

describe('nothing is encoded without need', () => {
  test.each([
    ['best', 'opus', 'opus', 'opus'],
    ['best', 'aac', 'm4a', 'ipod'],
    ['best', 'vorbis', 'ogg', 'ogg'],
    ['best', 'mp3', 'mp3', 'mp3'],
    ['opus', 'opus', 'opus', 'opus'],
    ['m4a', 'aac', 'm4a', 'ipod'],
    ['ogg', 'vorbis', 'ogg', 'ogg'],
    ['mp3', 'mp3', 'mp3', 'mp3'],
  ] as const)('%s from %s is a copy into %s', (format, source, extension, container) => {
    for (const quality of ['best', 'low', 128] as const) {
      expect(planConversion(format, source, quality)).toMatchObject({ codec: 'copy', extension, container });
    }
  });
});

test.each([
  ['best', 'other', 'libopus'],
  ['opus', 'aac', 'libopus'],
  ['m4a', 'opus', 'aac'],
  ['ogg', 'opus', 'libvorbis'],
  ['mp3', 'opus', 'libmp3lame'],
  ['mp3', 'aac', 'libmp3lame'],
  ['flac', 'opus', 'flac'],
  ['wav', 'aac', 'pcm_s16le'],
] as const)('%s from %s is encoded by %s', (format, source, codec) => {
  expect(planConversion(format, source, 'high').codec).toBe(codec);
});

test.each([
  ['mp3', 'best', ['-q:a', '0']],
  ['mp3', 'low', ['-q:a', '6']],
  ['mp3', 320, ['-b:a', '320k']],
  ['ogg', 'high', ['-q:a', '6']],
  ['ogg', 64, ['-q:a', '0']],
  ['ogg', 96, ['-q:a', '2']],
  ['ogg', 144, ['-q:a', '4.5']],
  ['ogg', 320, ['-q:a', '9']],
  ['m4a', 'medium', ['-movflags', '+faststart', '-b:a', '128k']],
  ['flac', 'low', ['-sample_fmt', 's16']],
  ['wav', 320, []],
] as const)('%s of quality %s is asked for by its own scale', (format, quality, options) => {
  expect(planConversion(format, 'opus', quality).options).toEqual(options);
});

test('every format has a plan for every stream', () => {
  for (const format of audioFormats) {
    for (const source of codecs) {
      const { extension } = planConversion(format, source, 'high');
      if (format !== 'best') expect(extension).toBe(format);
    }
  }
});

test.each([
  ['best', 'opus'],
  ['opus', 'opus'],
  ['m4a', 'aac'],
  ['mp3', 'any'],
  ['flac', 'any'],
] as const)('for %s YouTube is asked for %s', (format, wish) => {
  expect(streamWishOf(format)).toBe(wish);
});

test.each([
  ['opus', 'webm', 'opus'],
  ['mp4a.40.2', 'm4a', 'aac'],
  ['aac', 'mp4', 'aac'],
  ['vorbis', 'webm', 'vorbis'],
  ['mp3', 'mp3', 'mp3'],
  ['ac-3', 'm4a', 'other'],
  ['none', 'webm', 'opus'],
  [undefined, 'm4a', 'aac'],
  [undefined, 'mp4', 'other'],
  [undefined, '', 'other'],
])('the codec %s in .%s is %s', (acodec, extension, codec) => {
  expect(sourceCodecOf(acodec, extension)).toBe(codec);
});
