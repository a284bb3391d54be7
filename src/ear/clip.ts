import { fingerprintOf } from '../sound/fingerprint.ts';
import { printRate } from '../sound/measurement.ts';
import { throughFfmpeg, type ThroughFfmpegParts } from '../sound/through-ffmpeg.ts';
import { beginnings } from './align.ts';

/** With an ffmpeg that makes fingerprints; see sound/chromaprint.ts. */
export type ClipParts = Pick<ThroughFfmpegParts, 'ffmpegPath' | 'signal'>;

/** Enough to tell what it is. A preview has 30 s, and no more is fetched of a label's upload. */
const clipSeconds = 40;
const skippedSeconds = 30;

/** Makes ffmpeg write a clip as Chromaprint takes it. */
export const asClip: readonly string[] = [
  ...['-map', '0:a:0', '-t', String(clipSeconds), '-ac', '1', '-ar', String(printRate)],
  ...['-f', 'wav'],
];

/**
 * Chromaprint's values of a clip in any format that ffmpeg reads from a pipe, from each of `beginnings` on. Undefined where
 * ffmpeg can't read it, or it's shorter than 3 s.
 * @throws the signal's reason
 */
export async function clipFingerprints(
  sound: Uint8Array,
  parts: ClipParts,
): Promise<readonly Uint32Array[] | undefined> {
  const made = beginnings.map((ms) =>
    fingerprintOf(sound, { ...parts, fromSeconds: ms / 1000, seconds: clipSeconds }),
  );
  const prints = (await Promise.all(made)).filter((print) => print !== undefined);
  return prints.length < beginnings.length ? undefined : prints;
}

/**
 * A clip of a file: half a minute from its beginning, or the middle of a shorter one. There are no fades, and nothing that
 * stands before the music. Undefined where ffmpeg can't read it.
 * @param lengthMs of the file; its beginning is taken without
 * @throws the signal's reason
 */
export function clipOfFile(
  path: string,
  lengthMs: number | undefined,
  parts: ClipParts,
): Promise<Uint8Array | undefined> {
  const middle = ((lengthMs ?? 0) / 1000 - clipSeconds) / 2;
  const from = Math.max(0, Math.min(skippedSeconds, middle));
  return throughFfmpeg(['-ss', from.toFixed(3), '-i', `file:${path}`, ...asClip], new Uint8Array(), parts);
}
