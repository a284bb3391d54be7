import { align } from './align.ts';
import { decodeClip, middleOf, retune, type RetuneParts, type Retuned } from './retune.ts';
import { coarseGrid, pitchGrid, tempoGrid, vertex, type Retuning } from './speed-grid.ts';
import { isOff, type OtherSpeed } from './speed-words.ts';

/** A clip that doesn't fit at any speed has more wrong bits at the best of them. */
const mostBitError = 0.2;
/** Of the first look, which is a rough one. */
export const mostRoughly = 0.3;
/** The middle of the clip is enough for it. */
export const firstLookSeconds = 15;
/** How many of its pitches are looked at again. */
const mostLooks = 2;
/** Pitches that are nearer are one. */
const pitchApart = 1.035;

/**
 * Looks whether a song is a clip's recording at another speed or pitch. Asked where the two don't fit as they are: it takes
 * about a second of CPU. Undefined where they don't fit at any of them, or ffmpeg couldn't make them.
 * @param sound the clip, in any format that ffmpeg reads @param song Chromaprint's values of the whole song
 * @throws the signal's reason
 */
export async function findSpeed(
  sound: Uint8Array,
  song: Uint32Array,
  parts: RetuneParts,
): Promise<OtherSpeed | undefined> {
  const clip = await decodeClip(sound, parts);
  if (clip === undefined) return undefined;
  const rough = compare(await retune(middleOf(clip, firstLookSeconds), coarseGrid(), parts), song);
  for (const look of promising(rough)) {
    const tempo = sharpest(compare(await retune(clip, tempoGrid(look), parts), song));
    if (tempo === undefined) continue;
    const found = sharpest(compare(await retune(clip, pitchGrid(tempo), parts), song));
    if (found !== undefined && found.alignment.bitError <= mostBitError)
      return isOff(found.speed) || isOff(found.pitch) ? found : undefined;
  }
  return undefined;
}

/** How each of them fits. Pure. */
export function compare(retuned: readonly Retuned[], song: Uint32Array): readonly OtherSpeed[] {
  return retuned.flatMap(({ speed, pitch, fingerprint }) => {
    const alignment = align(fingerprint, song);
    return alignment === undefined ? [] : [{ speed, pitch, alignment }];
  });
}

/** The best of a grid, with its speed and pitch between the steps. Undefined for none. Pure. */
function sharpest(grid: readonly OtherSpeed[]): OtherSpeed | undefined {
  const errors = grid.map(({ alignment }) => alignment.bitError);
  const index = errors.indexOf(Math.min(...errors));
  const [before, best, after] = [grid[index - 1], grid[index], grid[index + 1]];
  if (best === undefined || before === undefined || after === undefined) return best;
  const steps = vertex([before, best, after].map(({ alignment }) => alignment.bitError));
  return {
    speed: best.speed * (after.speed / best.speed) ** steps,
    pitch: best.pitch * (after.pitch / best.pitch) ** steps,
    alignment: best.alignment,
  };
}

/** What deserves a second look: the best of each pitch. Pure. */
function promising(rough: readonly OtherSpeed[]): readonly Retuning[] {
  const chosen: OtherSpeed[] = [];
  for (const one of rough.toSorted((a, b) => a.alignment.bitError - b.alignment.bitError)) {
    if (one.alignment.bitError > mostRoughly || chosen.length === mostLooks) break;
    if (chosen.every(({ pitch }) => isApart(pitch, one.pitch))) chosen.push(one);
  }
  return chosen;
}

function isApart(one: number, other: number): boolean {
  return Math.max(one, other) / Math.min(one, other) > pitchApart;
}
