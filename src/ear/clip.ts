import {
  asFingerprint,
  inSeconds,
  printRate,
  readFingerprint,
  samplesPerValue,
} from '../sound/measurement.ts';
import { fromPipe, throughFfmpeg, type ThroughFfmpegParts } from '../sound/through-ffmpeg.ts';
import { beginningSamples } from './align.ts';

/** With an ffmpeg that makes fingerprints; see sound/chromaprint.ts. */
export type ClipParts = ThroughFfmpegParts;

/** Enough to tell what it is. A preview has 30 s, and no more is fetched of a label's upload. */
const clipSeconds = 40;
const skippedSeconds = 30;
/** As many values as begin in it. */
const mostValues = Math.ceil((clipSeconds * printRate) / samplesPerValue);

/** Makes ffmpeg write a clip as Chromaprint takes it. */
export const asClip: readonly string[] = [
  ...['-map', '0:a:0', '-t', String(clipSeconds), '-ac', '1', '-ar', String(printRate)],
  ...['-f', 'wav'],
];

/** One sound of the clip, filled up to where a value begins, and of the clip from later on: one run makes both fingerprints. */
const twice = [
  `[0:a:0]atrim=end=${clipSeconds},aresample=${printRate},aformat=channel_layouts=mono,${inSeconds},asplit[a][b]`,
  `[a]apad=whole_len=${mostValues * samplesPerValue}[first]`,
  `[b]atrim=start_sample=${beginningSamples[1]},asetpts=N/SR/TB[later]`,
  '[first][later]concat=n=2:v=0:a=1[o]',
].join(';');

/**
 * Chromaprint's values of a clip in any format that ffmpeg reads from a pipe, from each of `beginningSamples` on. Undefined where
 * ffmpeg can't read it, or it's shorter than 3 s.
 * @throws the signal's reason
 */
export async function clipFingerprints(
  sound: Uint8Array,
  parts: ClipParts,
): Promise<readonly Uint32Array[] | undefined> {
  const args = [...fromPipe, '-filter_complex', twice, '-map', '[o]', ...asFingerprint];
  const made = await throughFfmpeg(args, sound, parts);
  const values = made && readFingerprint(made);
  if (values === undefined || values.length <= mostValues) return undefined;
  const later = values.subarray(mostValues);
  return [values.subarray(0, later.length), later];
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
