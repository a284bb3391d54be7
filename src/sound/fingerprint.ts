import { chromaprintOptions, readFingerprint } from './measurement.ts';
import { fromPipe, throughFfmpeg, type ThroughFfmpegParts } from './through-ffmpeg.ts';

export interface FingerprintParts extends ThroughFfmpegParts {
  /** Where it begins; the beginning without. */
  readonly fromSeconds?: number;
  /** From there on; all of it without. */
  readonly seconds?: number;
}

/** Makes ffmpeg write Chromaprint's values as they are. */
export const asFingerprint: readonly string[] = [
  ...chromaprintOptions,
  ...['-fp_format', 'raw', '-f', 'chromaprint'],
];

/**
 * Chromaprint's values of a sound in memory, in any format that ffmpeg reads from a pipe; measure-file.ts makes those of
 * files. Undefined where ffmpeg can't read it, can't be started or takes too long, and for less than 3 s.
 * @param parts with an ffmpeg that makes fingerprints; see chromaprint.ts
 * @throws the signal's reason
 */
export async function fingerprintOf(
  bytes: Uint8Array,
  { fromSeconds = 0, seconds, ...parts }: FingerprintParts,
): Promise<Uint32Array | undefined> {
  const from = fromSeconds === 0 ? [] : ['-ss', fromSeconds.toFixed(6)];
  const length = seconds === undefined ? [] : ['-t', String(seconds)];
  const args = [...fromPipe, '-map', '0:a:0', ...from, ...length, ...asFingerprint];
  const made = await throughFfmpeg(args, bytes, parts);
  return made === undefined ? undefined : readFingerprint(made);
}
