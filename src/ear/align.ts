import { ones } from '../sound/bits.ts';
import { printRate, samplesOfValue, samplesPerValue } from '../sound/measurement.ts';

/** The step from one value to the next. */
export const msPerValue = (samplesPerValue / printRate) * 1000;
const msOfValue = (samplesOfValue / printRate) * 1000;
/** Chromaprint's value for digital silence. */
const silence = 627_964_279;

/**
 * Where in a clip its two fingerprints begin, in samples. A song's values begin anywhere between two of a clip's, and the
 * farther off, the more bits differ: in the same recording 0.08 of them half a step off, and 0.05 a quarter of a step off. In
 * other recordings it makes no difference, so two fingerprints tell them apart better than one. test/bench/ear/readme.md has
 * what was measured.
 */
export const beginningSamples = [0, Math.round(samplesPerValue / 2)] as const;

/** How a clip fits a song at the place where it fits best. */
export interface Alignment {
  /** The share of wrong bits on average: 0 for the same sound, 0.5 for chance. */
  readonly bitError: number;
  /** The same of the four seconds that fit worst there: a voice on top of the music isn't seen in the mean. */
  readonly worst: number;
  /** Where in the song the clip begins, in ms; below 0 where the song begins later than the clip. */
  readonly atMs: number;
  /** Different values of the clip that were compared, without silence: held tones have few, and prove nothing. */
  readonly distinct: number;
  /** How much of the clip was compared, in ms. */
  readonly comparedMs: number;
}

/** How much of the shorter one has to lie beside the other. */
const leastOverlap = 0.8;
/** Four seconds. */
const windowValues = 32;

/** How long a sound is that has so many values, in ms; 0 for none. Pure. */
export function lengthOf(values: number): number {
  return values === 0 ? 0 : (values - 1) * msPerValue + msOfValue;
}

/** How many values a sound of that length has. Pure. */
export function valuesIn(ms: number): number {
  return Math.max(0, Math.floor((ms - msOfValue) / msPerValue + 1.001));
}

/**
 * Finds where a clip fits a song best, at every place where at least 80 % of the shorter one lies beside the other. Both are
 * Chromaprint's values of the same ffmpeg. Undefined where one is empty. Pure.
 */
export function align(clip: Uint32Array, song: Uint32Array): Alignment | undefined {
  const least = Math.ceil(Math.min(clip.length, song.length) * leastOverlap);
  if (least === 0) return undefined;
  const first = least - clip.length;
  let [at, bitError] = [first, 1];
  for (let place = first; place <= song.length - least; place += 1) {
    const error = errorAt(clip, song, place, bitError);
    if (error < bitError) [at, bitError] = [place, error];
  }
  const { from, to } = overlapAt(clip, song, at);
  const compared = clip.subarray(from, to);
  return {
    bitError,
    worst: worstAt(compared, song.subarray(from + at, to + at)),
    atMs: at * msPerValue,
    distinct: new Set(compared.filter((value) => value !== silence)).size,
    comparedMs: lengthOf(compared.length),
  };
}

/** As `align`, with the fingerprints of a clip from each of `beginningSamples` on: the one that fits best. Pure. */
export function alignClip(clip: readonly Uint32Array[], song: Uint32Array): Alignment | undefined {
  return beginningSamples
    .flatMap((samples, index) => {
      const alignment = align(clip[index] ?? new Uint32Array(), song);
      return alignment === undefined
        ? []
        : [{ ...alignment, atMs: alignment.atMs - (samples / printRate) * 1000 }];
    })
    .toSorted((one, other) => one.bitError - other.bitError)[0];
}

/** Which values of the clip lie beside the song when it begins at the song's value `at`. */
function overlapAt(clip: Uint32Array, song: Uint32Array, at: number): { from: number; to: number } {
  return { from: Math.max(0, -at), to: Math.min(clip.length, song.length - at) };
}

/** The share of wrong bits with the clip beginning at the song's value `at`; 1 as soon as it's sure to be `most` or more. */
function errorAt(clip: Uint32Array, song: Uint32Array, at: number, most: number): number {
  const { from, to } = overlapAt(clip, song, at);
  const mostBits = most * 32 * (to - from);
  let bits = 0;
  for (let index = from; index < to && bits < mostBits; index += 1)
    bits += ones((clip[index] ?? 0) ^ (song[index + at] ?? 0));
  return bits < mostBits ? bits / 32 / (to - from) : 1;
}

/** The share of wrong bits in the window that has most of them. Both are of one length. */
function worstAt(clip: Uint32Array, song: Uint32Array): number {
  const width = Math.min(windowValues, clip.length);
  let bits = 0;
  let most = 0;
  for (let index = 0; index < clip.length; index += 1) {
    bits += ones((clip[index] ?? 0) ^ (song[index] ?? 0));
    if (index >= width) bits -= ones((clip[index - width] ?? 0) ^ (song[index - width] ?? 0));
    if (index >= width - 1) most = Math.max(most, bits);
  }
  return most / 32 / width;
}
