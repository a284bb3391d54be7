import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childSpawnOptions, runProcess } from '../system/process.ts';
import type { AudioCodec } from './catalogue.ts';

const run = promisify(execFile);

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

/** Enough samples a second for the highest tone, and little to decode. */
const sampleRate = 8_000;
const listenSeconds = 5;
/** A sine of the stand-in has an amplitude of about 0.1; below this a sample is silence or noise. */
const quiet = 0.01;

/**
 * Listens to an audio file of any format that ffmpeg reads.
 * @returns its pitch in whole Hz (mp3, AAC, opus and Vorbis keep it exactly), or null when it is silent.
 */
export async function hearTone(file: string, ffmpegPath: string): Promise<number | null> {
  const input = ['-nostdin', '-v', 'error', '-t', `${listenSeconds}`, '-i', file];
  const output = ['-map', '0:a:0', '-ac', '1', '-ar', `${sampleRate}`, '-f', 'f32le', '-'];
  const maxBuffer = 4 * sampleRate * (listenSeconds + 1);
  const options = { encoding: 'buffer', maxBuffer, env: childSpawnOptions().env } as const;
  const { stdout } = await run(ffmpegPath, [...input, ...output], options);
  return pitchOf(
    new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength)),
  );
}

/**
 * The pitch of samples at 8 kHz, or null. Counts the rises through zero, each placed between its two samples, and takes
 * the mean distance.
 */
export function pitchOf(samples: Float32Array): number | null {
  let first: number | undefined;
  let last = 0;
  let rises = 0;
  let wasBelow = false;
  for (let at = 1; at < samples.length; at++) {
    const before = samples[at - 1] ?? 0;
    const now = samples[at] ?? 0;
    if (now < -quiet) wasBelow = true;
    if (!wasBelow || before >= 0 || now < 0) continue;
    wasBelow = false;
    last = at - now / (now - before);
    if (first === undefined) first = last;
    else rises++;
  }
  return first === undefined || rises === 0 ? null : Math.round((rises * sampleRate) / (last - first));
}
