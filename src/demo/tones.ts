import { randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../system/process.ts';
import type { AudioCodec } from './video.ts';

/** A sine of one pitch and length, as YouTube would serve it. */
interface Tone {
  readonly toneHz: number;
  readonly durationMs: number;
  readonly codec: AudioCodec;
}

/** Gives the path of a tone's audio file, made when first asked for. */
export type ToneStore = (tone: Tone) => Promise<string>;

/** Longer audio than this is a loop of so many seconds: AAC would otherwise cost 7 s of CPU for a song. */
const segmentSeconds = 10;
const longestEncodedSeconds = 30;

/** How a codec is made and wrapped, with ffmpeg's options. */
interface Recipe {
  readonly encode: readonly string[];
  readonly wrap: readonly string[];
  /** What is repeated. */
  readonly segment: readonly string[];
  /** Whether it is repeated by writing it again and again, and not by ffmpeg. */
  readonly isJoined: boolean;
  /** From the segment into the file. */
  readonly copy: readonly string[];
  readonly ending: string;
}

const recipes: Readonly<Record<AudioCodec, Recipe>> = {
  // Constant bitrate, so that the file has the size of real music.
  opus: {
    encode: ['-c:a', 'libopus', '-b:a', '128k', '-vbr', 'off'],
    wrap: ['-f', 'webm'],
    segment: ['-f', 'webm'],
    isJoined: false,
    copy: [],
    ending: 'webm',
  },
  aac: {
    encode: ['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', '128k'],
    // YouTube has its sound in fragments of ten seconds behind an index of them.
    wrap: [
      ...['-movflags', '+dash+delay_moov+global_sidx', '-frag_duration', '10000000'],
      ...['-brand', 'dash', '-f', 'mp4'],
    ],
    // In MP4 every round would begin with a longer frame, and ffmpeg 5.1 repeats no ADTS.
    segment: ['-f', 'adts'],
    isJoined: true,
    copy: ['-bsf:a', 'aac_adtstoasc'],
    ending: 'dash.m4a',
  },
};

/**
 * Makes audio files with ffmpeg and keeps them in `cacheDir` by pitch, length and codec; several processes may
 * share the folder. Cost, measured: 20 s of opus 0.1 s of CPU, of AAC 0.3 s; 210 s (looped and copied) 0.2 s each.
 */
export function createToneStore(ffmpegPath: string, cacheDir: string): ToneStore {
  const made = new Map<string, Promise<string>>();
  return (tone) => {
    const name = `${tone.toneHz}hz-${tone.durationMs}ms.${recipes[tone.codec].ending}`;
    const known = made.get(name);
    if (known) return known;
    const making = makeTone(ffmpegPath, tone, join(cacheDir, name));
    made.set(name, making);
    making.catch(() => made.delete(name));
    return making;
  };
}

async function makeTone(ffmpegPath: string, tone: Tone, path: string): Promise<string> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;

  await mkdir(join(path, '..'), { recursive: true });
  const seconds = tone.durationMs / 1000;
  const { encode, wrap, segment: plain, isJoined, copy, ending } = recipes[tone.codec];
  const work = `${path}.${randomUUID()}`;
  const segment = `${work}.segment.${ending}`;
  const sine = (length: number): string[] => [
    ...['-f', 'lavfi', '-i', `sine=frequency=${tone.toneHz}:sample_rate=48000:duration=${length}`],
  ];
  try {
    if (seconds <= longestEncodedSeconds) {
      await ffmpeg(ffmpegPath, [...sine(seconds), ...encode, ...wrap, work]);
    } else {
      await ffmpeg(ffmpegPath, [...sine(segmentSeconds), ...encode, ...plain, segment]);
      if (isJoined) {
        const once = await readFile(segment);
        await writeFile(
          segment,
          Buffer.concat(Array<Buffer>(Math.ceil(seconds / segmentSeconds)).fill(once)),
        );
      }
      const loop = isJoined ? [] : ['-stream_loop', '-1'];
      const all = [...loop, '-i', segment, '-t', `${seconds}`, '-c', 'copy', ...copy];
      await ffmpeg(ffmpegPath, [...all, ...wrap, work]);
    }
    await rename(work, path);
  } finally {
    await rm(work, { force: true });
    await rm(segment, { force: true });
  }
  return path;
}

async function ffmpeg(ffmpegPath: string, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runProcess(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...args]);
  if (exitCode !== 0) throw new Error(`ffmpeg could not make a tone: ${stderr}`);
}
