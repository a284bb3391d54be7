import { Readable } from 'node:stream';
import { chromaprintOptions, readFingerprint } from '../sound/measurement.ts';
import { runProcess } from '../system/process.ts';
import { clipRate, cutFingerprints, retuningFilters, type Retuning } from './speed-grid.ts';

export interface RetuneParts {
  /** One that makes fingerprints; see sound/chromaprint.ts. */
  readonly ffmpegPath: string;
  readonly signal: AbortSignal;
}

/** A clip's fingerprint, had it been played like this. */
export interface Retuned extends Retuning {
  readonly fingerprint: Uint32Array;
}

/** 16-bit samples of one channel at `clipRate`. */
export type Samples = Uint8Array;

const bytesPerSample = 2;
const mostSeconds = 30;
const timeoutMs = 60_000;
/** Half a minute at fifty speeds has 15,000 values. */
const maxOutputBytes = 2 * 2 ** 20;
const sampleFormat = ['-f', 's16le', '-ac', '1', '-ar', String(clipRate)];

/**
 * The samples of the first half minute of a sound, in any format that ffmpeg reads from a pipe: in an MP4, what tells how to
 * read it has to come first. Undefined where it can't.
 * @throws the signal's reason
 */
export function decodeClip(sound: Uint8Array, parts: RetuneParts): Promise<Samples | undefined> {
  // What somebody sent must not make ffmpeg open anything else.
  const input = ['-protocol_whitelist', 'pipe', '-i', 'pipe:0'];
  return runFfmpeg([...input, '-map', '0:a:0', '-t', String(mostSeconds), ...sampleFormat], sound, parts);
}

/** So many seconds in the middle; all where there are less. Pure. */
export function middleOf(clip: Samples, seconds: number): Samples {
  const samples = clip.length / bytesPerSample;
  const kept = Math.min(samples, seconds * clipRate);
  const from = Math.floor((samples - kept) / 2);
  return clip.subarray(from * bytesPerSample, (from + kept) * bytesPerSample);
}

/** The fingerprints of a clip at all these speeds and pitches, by one run of ffmpeg. None where it can't. @throws the signal's reason */
export async function retune(
  clip: Samples,
  grid: readonly Retuning[],
  parts: RetuneParts,
): Promise<readonly Retuned[]> {
  const samples = Math.floor(clip.length / bytesPerSample);
  const filters = ['-filter_complex', retuningFilters(grid, samples), '-map', '[o]'];
  const bytes = await runFfmpeg(
    [
      ...sampleFormat,
      '-i',
      'pipe:0',
      ...filters,
      ...chromaprintOptions,
      '-fp_format',
      'raw',
      '-f',
      'chromaprint',
    ],
    clip,
    parts,
  );
  const values = bytes === undefined ? undefined : readFingerprint(bytes);
  if (values === undefined) return [];
  const prints = cutFingerprints(grid, samples, values);
  return grid.map((retuning, index) => ({ ...retuning, fingerprint: prints[index] ?? new Uint32Array() }));
}

async function runFfmpeg(
  args: readonly string[],
  input: Uint8Array,
  { ffmpegPath, signal }: RetuneParts,
): Promise<Buffer | undefined> {
  try {
    const { exitCode, stdout } = await runProcess(
      ffmpegPath,
      ['-hide_banner', '-v', 'error', ...args, 'pipe:1'],
      { signal, timeoutMs, maxOutputBytes, encoding: 'latin1', input: Readable.from([input]) },
    );
    return exitCode === 0 && stdout !== '' ? Buffer.from(stdout, 'latin1') : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
