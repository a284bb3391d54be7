import { asFingerprint, readFingerprint } from '../sound/measurement.ts';
import { fromPipe, throughFfmpeg, type ThroughFfmpegParts } from '../sound/through-ffmpeg.ts';
import { clipRate, cutFingerprints, retuningFilters, type Retuning } from './speed-grid.ts';

/** With an ffmpeg that makes fingerprints; see sound/chromaprint.ts. */
export type RetuneParts = Pick<ThroughFfmpegParts, 'ffmpegPath' | 'signal'>;

/** A clip's fingerprint, had it been played like this. */
export interface Retuned extends Retuning {
  readonly fingerprint: Uint32Array;
}

/** 16-bit samples of one channel at `clipRate`. */
export type Samples = Uint8Array;

const bytesPerSample = 2;
const mostSeconds = 30;
const sampleFormat = ['-f', 's16le', '-ac', '1', '-ar', String(clipRate)];

/**
 * The samples of the first half minute of a sound, in any format that ffmpeg reads from a pipe: in an MP4, what tells how to
 * read it has to come first. Undefined where it can't.
 * @throws the signal's reason
 */
export function decodeClip(sound: Uint8Array, parts: RetuneParts): Promise<Samples | undefined> {
  return throughFfmpeg(
    [...fromPipe, '-map', '0:a:0', '-t', String(mostSeconds), ...sampleFormat],
    sound,
    parts,
  );
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
  const bytes = await throughFfmpeg(
    [...sampleFormat, '-i', 'pipe:0', ...filters, ...asFingerprint],
    clip,
    parts,
  );
  const values = bytes === undefined ? undefined : readFingerprint(bytes);
  if (values === undefined) return [];
  const prints = cutFingerprints(grid, samples, values);
  return grid.map((retuning, index) => ({ ...retuning, fingerprint: prints[index] ?? new Uint32Array() }));
}
