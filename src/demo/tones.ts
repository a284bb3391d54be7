import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
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

const encoders: Readonly<
  Record<AudioCodec, { readonly encode: readonly string[]; readonly ending: string }>
> = {
  // Constant bitrate, so that the file has the size of real music.
  opus: { encode: ['-c:a', 'libopus', '-b:a', '128k', '-vbr', 'off', '-f', 'webm'], ending: 'webm' },
  aac: { encode: ['-c:a', 'aac', '-aac_coder', 'fast', '-b:a', '128k', '-f', 'ipod'], ending: 'm4a' },
};

/**
 * Makes audio files with ffmpeg and keeps them in `cacheDir` by pitch, length and codec; several processes may
 * share the folder. Cost, measured: 20 s of opus 0.1 s of CPU, of AAC 0.3 s; 210 s (looped and copied) 0.2 s each.
 */
export function createToneStore(ffmpegPath: string, cacheDir: string): ToneStore {
  const made = new Map<string, Promise<string>>();
  return (tone) => {
    const name = `${tone.toneHz}hz-${tone.durationMs}ms.${encoders[tone.codec].ending}`;
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
  const { encode, ending } = encoders[tone.codec];
  const work = `${path}.${randomUUID()}`;
  const segment = `${work}.segment.${ending}`;
  const sine = (length: number): string[] => [
    ...['-f', 'lavfi', '-i', `sine=frequency=${tone.toneHz}:sample_rate=48000:duration=${length}`],
  ];
  try {
    if (seconds <= longestEncodedSeconds) {
      await ffmpeg(ffmpegPath, [...sine(seconds), ...encode, work]);
    } else {
      await ffmpeg(ffmpegPath, [...sine(segmentSeconds), ...encode, segment]);
      const copy = ['-c', 'copy', '-f', tone.codec === 'opus' ? 'webm' : 'ipod'];
      await ffmpeg(ffmpegPath, ['-stream_loop', '-1', '-i', segment, '-t', `${seconds}`, ...copy, work]);
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
