import { readFile, stat } from 'node:fs/promises';
import type { IAudioMetadata } from 'music-metadata';
import { HarmoniError } from '../errors.ts';
import type { ConversionPlan } from './conversion-plan.ts';
import { oggDurationMs } from './ogg.ts';
import type { TagFields } from './tag-fields.ts';

/** What an independent reader (music-metadata) finds in a file. */
export interface Inspected {
  readonly durationMs: number;
  readonly bitrateKbps: number | undefined;
  readonly sampleRateHz: number | undefined;
  readonly format: string;
  readonly tags: {
    readonly title: string | undefined;
    readonly artist: string | undefined;
    readonly album: string | undefined;
  };
  readonly hasCover: boolean;
}

const mostInMemory = 64 * 2 ** 20;

/** Reads a file back. @throws HarmoniError verify-failed when it is no audio file */
export async function inspect(path: string): Promise<Inspected> {
  try {
    const { format, common } = await parse(path);
    return {
      durationMs: Math.round((format.duration ?? 0) * 1000),
      bitrateKbps: format.bitrate === undefined ? undefined : Math.round(format.bitrate / 1000),
      sampleRateHz: format.sampleRate,
      format: `${format.container ?? ''} ${format.codec ?? ''}`.trim(),
      tags: { title: common.title, artist: common.artist, album: common.album },
      hasCover: (common.picture?.length ?? 0) > 0,
    };
  } catch (cause) {
    throw new HarmoniError('verify-failed', 'The finished file cannot be read back.', { cause });
  }
}

async function parse(path: string): Promise<IAudioMetadata> {
  const { parseBuffer, parseFile } = await import('music-metadata');
  const { size } = await stat(path);
  const options = { duration: true, skipCovers: false };
  if (size > mostInMemory) return parseFile(path, options);
  // From memory it costs a third of what it costs in pieces.
  const file = await readFile(path);
  const oggMs = oggDurationMs(file);
  if (oggMs === undefined) return parseBuffer(file, { size }, options);
  // For the length of an Ogg file music-metadata reads page by page to the end; the last page is enough.
  const parsed = await parseBuffer(file, { size }, { ...options, duration: false });
  const duration = oggMs / 1000;
  return { ...parsed, format: { ...parsed.format, duration, bitrate: (8 * size) / duration } };
}

/** What each extension must look like to music-metadata: container, then codec. */
const expectedFormats: Readonly<Record<ConversionPlan['extension'], RegExp>> = {
  mp3: /^MPEG MPEG 1 Layer 3|^MPEG MPEG.*Layer 3/,
  m4a: /^(M4A|isom|mp42|MP42|M4V)?.*(MPEG-4\/AAC|AAC|ALAC)/,
  opus: /^Ogg Opus/,
  flac: /^FLAC/,
  ogg: /^Ogg Vorbis/,
  wav: /^WAVE PCM/,
};

/** How far the length may be off: encoders add and containers round. */
export const lengthToleranceMs = 2_000;

/** What is wrong with a finished file, or undefined. Pure. */
export function faultOf(
  found: Inspected,
  expected: {
    readonly extension: ConversionPlan['extension'];
    /** As YouTube gave it; undefined when it did not. */
    readonly durationMs: number | undefined;
    readonly fields: TagFields | undefined;
    readonly cover: boolean;
  },
): string | undefined {
  if (!expectedFormats[expected.extension].test(found.format)) {
    return `It should be ${expected.extension} but is ${found.format === '' ? 'no audio' : found.format}.`;
  }
  if (found.durationMs === 0) return 'It has no sound.';
  if (
    expected.durationMs !== undefined &&
    Math.abs(found.durationMs - expected.durationMs) > lengthToleranceMs
  ) {
    return `It lasts ${seconds(found.durationMs)} instead of ${seconds(expected.durationMs)}.`;
  }
  for (const name of ['title', 'artist', 'album'] as const) {
    const wanted = expected.fields?.properties[name.toUpperCase()]?.[0];
    if (wanted !== undefined && found.tags[name]?.trim() !== wanted.trim())
      return `Its tag "${name}" was not kept.`;
  }
  return expected.cover && !found.hasCover ? 'Its cover was not kept.' : undefined;
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
