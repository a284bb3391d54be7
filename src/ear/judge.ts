import type { Heard, Witness } from '../tracks/heard.ts';
import type { Alignment } from './align.ts';
import { tellSpeed, type OtherSpeed } from './speed-words.ts';

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

/** Up to here it's the same recording, on average and in its worst four seconds. */
const mostProven = { bitError: 0.15, worst: 0.25 };
/** From here on it's nothing of the recording. Between the two lie remasters, other mixes and wrong speeds. */
const leastOther = 0.32;
/** Fewer different values are silence or a tone. */
const leastDistinct = 80;
const leastComparedMs = 8_000;
/** What the silence at both ends, and rounding, may take or add. */
export const lengthToleranceMs = 3_000;

type Sign = 'same' | 'other' | 'unsure' | 'nothing';

/**
 * The verdict on a song, from all that it was compared with. A match proves, if the whole length agrees; no match alone is
 * only doubtful; `different` needs two signs: two references, or one and the length, or a match at another speed alone.
 * Pure.
 */
export function judge(evidence: readonly (Comparison | Answer)[], lengths: Lengths): Heard {
  const signs = evidence.map((one) => ({ one, sign: signOf(one) })).filter(({ sign }) => sign !== 'nothing');
  const [first] = signs;
  if (first === undefined) return { verdict: 'unchecked', why: 'there was nothing to compare it with' };
  const same = signs.find(({ sign }) => sign === 'same');
  if (same !== undefined) {
    const why = lengthWords(lengths, same.one.wholeMs);
    if (why === undefined) return { verdict: 'proven', ...evidenceOf(same.one) };
    return { verdict: 'doubtful', ...evidenceOf(same.one), why };
  }
  const retuned = signs.find(({ one }) => otherSpeedOf(one) !== undefined);
  if (retuned !== undefined) return { verdict: 'different', ...retunedEvidence(retuned.one) };
  const others = signs.filter(({ sign }) => sign === 'other');
  const [other] = others;
  if (other === undefined)
    return { verdict: 'doubtful', ...evidenceOf(first.one), why: 'it only resembles the reference' };
  const why = lengthWords(lengths, other.one.wholeMs);
  const isDifferent = new Set(others.map(({ one }) => one.by)).size > 1 || why !== undefined;
  return {
    verdict: isDifferent ? 'different' : 'doubtful',
    ...evidenceOf(other.one),
    why: 'it sounds different from the reference',
  };
}

function signOf(one: Comparison | Answer): Sign {
  if ('isSame' in one) return one.isSame ? 'same' : 'other';
  const { alignment } = one;
  if (alignment === undefined || alignment.distinct < leastDistinct || alignment.comparedMs < leastComparedMs)
    return 'nothing';
  if (alignment.bitError <= mostProven.bitError && alignment.worst <= mostProven.worst) return 'same';
  return alignment.bitError >= leastOther ? 'other' : 'unsure';
}

function otherSpeedOf(one: Comparison | Answer): OtherSpeed | undefined {
  return 'alignment' in one ? one.otherSpeed : undefined;
}

function evidenceOf(one: Comparison | Answer): Omit<Heard, 'verdict'> {
  if ('isSame' in one || one.alignment === undefined) return { by: one.by };
  return { by: one.by, bitError: one.alignment.bitError, atMs: one.alignment.atMs };
}

function retunedEvidence(one: Comparison | Answer): Omit<Heard, 'verdict'> {
  const found = otherSpeedOf(one);
  if (found === undefined) return evidenceOf(one);
  const { speed, pitch, alignment } = found;
  const { bitError, atMs } = alignment;
  return { by: one.by, bitError, atMs, speed, pitch, why: tellSpeed(found) };
}

/** How much longer or shorter the file is than all that's known; undefined where its length agrees with one of them. Pure. */
export function lengthWords({ fileMs, trackMs }: Lengths, wholeMs?: number): string | undefined {
  const differences = [trackMs, wholeMs].flatMap((ms) => (ms === undefined ? [] : [fileMs - ms]));
  const [least] = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  if (least === undefined || Math.abs(least) <= lengthToleranceMs) return undefined;
  const seconds = Math.round(Math.abs(least) / 1000);
  return `it's ${seconds} seconds ${least > 0 ? 'longer' : 'shorter'}`;
}
