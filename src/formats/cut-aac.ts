import { isCut, type Cut } from '../tracks/cut.ts';
import type { AacTrack } from './fragmented-mp4.ts';

/** A frame of AAC is right only behind the one before it, and with SBR behind two. */
const prerollFrames = 2;

/**
 * Leaves parts out of an AAC track, frame by frame (mostly 23 ms). Where the beginning goes, the frames before the new one
 * stay for the decoder and aren't heard. undefined where nothing would be left. Pure; its pieces are parts of the old ones.
 */
export function cutAac(track: AacTrack, cuts: readonly Cut[]): AacTrack | undefined {
  const { timeScale, frameUnits, lastFrameUnits, sizes, heard } = track;
  const isKept = sizes.map((_size, frame) => {
    const middle = (frame + 0.5) * frameUnits - heard.from;
    return !isCut(cuts, (Math.max(0, middle) / timeScale) * 1000);
  });
  const first = isKept.indexOf(true);
  if (first < 0) return undefined;
  const begin = Math.max(0, first - prerollFrames);
  isKept.fill(true, begin, first);
  const hasEnd = isKept.at(-1) === true;
  const total = (sizes.length - 1) * frameUnits + lastFrameUnits;
  const padding = hasEnd ? total - heard.from - heard.units : 0;
  const from = first > 0 ? (first - begin) * frameUnits : heard.from;
  const keptSizes = sizes.filter((_size, frame) => isKept[frame]);
  const last = hasEnd ? lastFrameUnits : frameUnits;
  const keptUnits = (keptSizes.length - 1) * frameUnits + last;
  return {
    ...track,
    lastFrameUnits: last,
    sizes: keptSizes,
    pieces: keptPieces(track, isKept),
    heard: { from, units: Math.max(1, keptUnits - from - padding) },
  };
}

/** Frames that follow one another stay one piece. */
function keptPieces({ sizes, pieces }: AacTrack, isKept: readonly boolean[]): readonly Buffer[] {
  const kept: Buffer[] = [];
  let frame = 0;
  for (const piece of pieces) {
    let begin = 0;
    let at = 0;
    for (; at < piece.length && frame < sizes.length; frame += 1) {
      const end = at + (sizes[frame] ?? 0);
      if (isKept[frame] !== true) {
        if (at > begin) kept.push(piece.subarray(begin, at));
        begin = end;
      }
      at = end;
    }
    if (at > begin) kept.push(piece.subarray(begin, at));
  }
  return kept;
}
