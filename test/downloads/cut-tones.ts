import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { AudioFormat } from '../../src/config/audio-formats.ts';
import { check } from '../../src/downloads/check-stage.ts';
import { convert } from '../../src/downloads/convert-stage.ts';
import { inspect } from '../../src/downloads/inspect.ts';
import { jobSettings } from '../../src/downloads/settings.ts';
import { madeOf, workOf, type Work } from '../../src/downloads/work.ts';
import type { Cut } from '../../src/tracks/cut.ts';
import { ofVideo } from '../helpers/media.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';
import { ffmpeg } from './sounds.ts';

export const rate = 48_000;
const seconds = 10;
/** The beginning, and a part in the middle: seconds 2, 3, 4, 7, 8 and 9 stay. */
export const cuts: readonly Cut[] = [
  { fromMs: 0, toMs: 2_000 },
  { fromMs: 5_000, toMs: 7_000 },
];
/** A tone of its own for each second. */
export const toneOf = (second: number): number => 300 + 100 * second;

const sources = {
  'opus.webm': ['-c:a', 'libopus', '-b:a', '96k'],
  'dash.m4a': [
    '-c:a',
    'aac',
    '-movflags',
    '+dash+delay_moov+global_sidx',
    '-frag_duration',
    '1000000',
    '-f',
    'mp4',
  ],
  'plain.m4a': ['-c:a', 'aac', '-f', 'ipod'],
  'vorbis.ogg': ['-c:a', 'libvorbis'],
  "It's 'so'.mp3": ['-c:a', 'libmp3lame'],
} as const;
type Source = keyof typeof sources;
const codecs: Readonly<Record<Source, string>> = {
  'opus.webm': 'opus',
  'dash.m4a': 'mp4a.40.2',
  'plain.m4a': 'mp4a.40.2',
  'vorbis.ogg': 'vorbis',
  "It's 'so'.mp3": 'mp3',
};
let folder: string;

/** Made once: several tests take each. */
async function make(source: Source): Promise<string> {
  folder = tempFolder();
  const made = join(tmpdir(), 'harmoni-test-tones');
  mkdirSync(made, { recursive: true });
  const known = join(made, source);
  if (!existsSync(known)) {
    const tones = `aevalsrc=sin(2*PI*t*(300+100*floor(t)))/2:d=${seconds}:s=${rate}`;
    const path = join(folder, source);
    await ffmpeg(['-f', 'lavfi', '-i', tones, ...sources[source], path]);
    copyFileSync(path, known);
  }
  copyFileSync(known, join(folder, source));
  return join(folder, source);
}

/** What the stage makes of a source, by the cuts that SponsorBlock is said to know. */
export async function converted(
  source: Source,
  format: AudioFormat,
  options: {
    cuts?: readonly Cut[];
    trackMs?: number;
    extraArgs?: readonly string[];
    loudness?: 'off' | 'converted';
  } = {},
): Promise<Work> {
  const path = await make(source);
  const { trackMs = 6_000 } = options;
  const track = { artists: ['One'], artist: 'One', track: 'Song', durationMs: trackMs };
  const work = workOf({ position: 0, list: 0, track, chosen: true, outcome: undefined });
  const candidate = {
    ...ofVideo('aaaaaaaaaaa'),
    title: 'One - Song',
    kind: 'user-video',
    artists: [],
    durationMs: 10_000,
  } as const;
  work.candidates = [{ candidate, confidence: 1 }];
  const facts = { title: undefined, channel: undefined, durationMs: seconds * 1000 };
  work.made = { downloaded: { path, codec: codecs[source], ...facts } };
  const settings = jobSettings.parse({
    version: 2,
    format,
    quality: 'high',
    outputDir: folder,
    fileNameTemplate: '{track}',
    metadataTemplate: 'basic',
    embedMetadata: true,
    sameTrackInSecondList: 'link',
    loudness: options.loudness ?? 'off',
    sponsorBlock: true,
    accept: 'sure',
  });
  const result = await convert(work, {
    settings,
    signal: new AbortController().signal,
    silenceMs: 30_000,
    ffmpegPath: async () => (await realTools()).ffmpeg,
    ffmpegExtraArgs: options.extraArgs ?? [],
    emit: () => undefined,
    ear: { ready: () => Promise.resolve(undefined) },
    sponsorBlock: { prepare: () => undefined, cutsOf: () => Promise.resolve(options.cuts ?? cuts) },
  });
  expect(result).toBe('next');
  return work;
}

export async function samplesOf(path: string): Promise<Int16Array> {
  const bytes = await ffmpeg([
    '-i',
    path,
    '-map',
    '0:a:0',
    '-ac',
    '1',
    '-ar',
    String(rate),
    '-f',
    's16le',
    '-',
  ]);
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** The tone in the middle of each second, by how often it crosses zero upwards. */
export function tonesIn(samples: Int16Array): number[] {
  return Array.from({ length: Math.round(samples.length / rate) }, (_, second) => {
    const middle = samples.subarray((second + 0.25) * rate, (second + 0.75) * rate);
    let crossings = 0;
    for (let at = 1; at < middle.length; at += 1)
      if ((middle[at - 1] ?? 0) < 0 && (middle[at] ?? 0) >= 0) crossings += 1;
    return Math.round((crossings * 2) / 100) * 100;
  });
}

/** What a source is made into has all of its parts that stay, and nothing else. */
export async function expectCut(source: Source, format: AudioFormat): Promise<void> {
  const work = await converted(source, format);
  const { path, plan } = madeOf(work, 'converted');
  const samples = await samplesOf(path);
  expect(tonesIn(samples)).toEqual([2, 3, 4, 7, 8, 9].map(toneOf));
  expect(Math.abs(samples.length / rate - 6)).toBeLessThan(0.1);
  const found = await inspect(path, plan.extension);
  expect(found.fault).toBeUndefined();
  expect(Math.abs(found.durationMs - 6_000)).toBeLessThan(100);
  expect(await check(work, { accept: 'sure' })).toBe('next');
  expect(readdirSync(folder).filter((name) => name.endsWith('.list'))).toEqual([]);
}
