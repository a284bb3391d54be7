import type { Heard, Witness } from '../tracks/heard.ts';
import { valuesIn, type Alignment } from './align.ts';
import { isOff, tellSpeed, type OtherSpeed } from './speed-words.ts';

/** What comparing a song with a reference came to. */
export interface Comparison {
  readonly by: Witness;
  /** Undefined where the two couldn't be compared. */
  readonly alignment: Alignment | undefined;
  /** The same at another speed or pitch (speed.ts), where it was looked for and only that fits. */
  readonly otherSpeed?: OtherSpeed | undefined;
  /** How long the whole recording is that the reference is from, in ms, where that's known. */
  readonly wholeMs?: number | undefined;
}

/** What a database says that knows the song by its sound. */
export interface Answer {
  readonly by: Witness;
  /** Whether the sound is known to be the recording that was meant, or known to be another one. */
  readonly isSame: boolean;
  /** As above. */
  readonly wholeMs?: number | undefined;
}

export interface Lengths {
  readonly fileMs: number;
  /** What the track's source says, where it does. */
  readonly trackMs: number | undefined;
}

/**
 * Up to here it's the same recording: of the whole clip, and of its worst four seconds. Ordinary encodings end at 0.058 and
 * 0.091, and another take that keeps every note begins at 0.084. test/bench/ear/readme.md has what was measured.
 */
export const mostProven = { bitError: 0.07, worst: 0.1 };
/** From here on it's nothing of the recording. Between the two lie remasters, voices on top, other mixes and wrong speeds. */
export const leastOther = 0.35;
/** Fewer different values are silence or a tone: so many, or of a clip of less than 17 seconds this share of all. */
const leastDistinct = { values: 80, share: 0.6 };
/** The same share of wrong bits is chance more often in a shorter clip: of 10 seconds of one song, it was in another. */
const leastComparedMs = 14_000;
/** What the silence at both ends, and rounding, may take or add. */
export const lengthToleranceMs = 3_000;
/** A length that differs by more is a sign of another recording; AcoustID's figure. */
const tellingLengthMs = 7_000;
/** Pressings of one recording differ by up to a percent; 432 Hz is 1.8 % below 440. */
const tellingSpeed = 0.015;

type Evidence = Comparison | Answer;
type Sign = 'same' | 'other' | 'unsure' | 'nothing';

/**
 * The verdict on a song, from all that it was compared with. A match proves, if the whole length agrees; no match alone is
 * only doubtful; `different` needs two signs: two references, or one and the length, or a match at another speed alone.
 * Pure.
 */
export function judge(evidence: readonly Evidence[], lengths: Lengths): Heard {
  const telling = evidence.filter((one) => signOf(one) !== 'nothing');
  const [first] = telling;
  if (first === undefined) {
    const why =
      evidence.length === 0 ? 'there was nothing to compare it with' : 'there was too little to compare';
    return { verdict: 'unchecked', why };
  }
  const same = telling.find((one) => signOf(one) === 'same');
  if (same !== undefined) {
    const why = lengthWords(lengths, same.wholeMs);
    return why === undefined
      ? { verdict: 'proven', ...factsOf(same) }
      : { verdict: 'doubtful', ...factsOf(same), why };
  }
  for (const one of telling) {
    const otherSpeed = 'alignment' in one ? one.otherSpeed : undefined;
    if (otherSpeed !== undefined) return atOtherSpeed(one.by, otherSpeed);
  }
  const others = telling.filter((one) => signOf(one) === 'other');
  const [other] = others;
  if (other === undefined) return { verdict: 'doubtful', ...factsOf(first), why: unsureWords(first) };
  const isDifferent =
    new Set(others.map(({ by }) => by)).size > 1 ||
    Math.abs(lengthDifference(lengths, other.wholeMs)) > tellingLengthMs;
  return { verdict: isDifferent ? 'different' : 'doubtful', ...factsOf(other) };
}

/** What one comparison alone says. Pure. */
function signOf(one: Evidence): Sign {
  if (!('alignment' in one)) return one.isSame ? 'same' : 'other';
  const { alignment } = one;
  if (alignment === undefined || isTooLittle(alignment)) return 'nothing';
  const { bitError, worst } = alignment;
  if (bitError <= mostProven.bitError && worst <= mostProven.worst) return 'same';
  return bitError >= leastOther ? 'other' : 'unsure';
}

function isTooLittle({ distinct, comparedMs }: Alignment): boolean {
  const enough = Math.min(leastDistinct.values, leastDistinct.share * valuesIn(comparedMs));
  return comparedMs < leastComparedMs || distinct < enough;
}

function factsOf(one: Evidence): Omit<Heard, 'verdict'> {
  if (!('alignment' in one) || one.alignment === undefined) return { by: one.by };
  return { by: one.by, ...figuresOf(one.alignment) };
}

/** As exact as they are worth telling. */
function figuresOf({ bitError, atMs }: Alignment): Required<Pick<Heard, 'bitError' | 'atMs'>> {
  return { bitError: Math.round(bitError * 10_000) / 10_000, atMs: Math.round(atMs) };
}

function atOtherSpeed(by: Witness, found: OtherSpeed): Heard {
  const { speed, pitch, alignment } = found;
  const isTelling = [speed, pitch].some((factor) => Math.abs(factor - 1) > tellingSpeed);
  return {
    verdict: isTelling ? 'different' : 'doubtful',
    by,
    ...figuresOf(alignment),
    ...(isOff(speed) ? { speed } : {}),
    ...(isOff(pitch / speed) ? { pitch } : {}),
    why: tellSpeed(found),
  };
}

/** With the clip as a whole, a voice on top of a part of it isn't seen. */
function unsureWords(one: Evidence): string {
  const isInPart = 'alignment' in one && (one.alignment?.bitError ?? 1) <= mostProven.bitError;
  return isInPart ? 'part of it sounds different' : "it sounds similar, but isn't the same";
}

/** How much longer or shorter the file is than all that's known; undefined where its length agrees with one of them. Pure. */
export function lengthWords(lengths: Lengths, wholeMs?: number): string | undefined {
  const difference = lengthDifference(lengths, wholeMs);
  if (Math.abs(difference) <= lengthToleranceMs) return undefined;
  return `it's ${Math.round(Math.abs(difference) / 1000)} seconds ${difference > 0 ? 'longer' : 'shorter'}`;
}

/** In ms, above 0 for a file that is longer; from what is nearest of all that's known, or 0 where nothing is. */
function lengthDifference({ fileMs, trackMs }: Lengths, wholeMs?: number): number {
  const known = [trackMs, wholeMs].filter((ms) => ms !== undefined);
  const [least = 0] = known.map((ms) => fileMs - ms).toSorted((a, b) => Math.abs(a) - Math.abs(b));
  return least;
}
