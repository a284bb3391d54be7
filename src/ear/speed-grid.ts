import { printRate, samplesOfValue, samplesPerValue } from '../sound/measurement.ts';

/** How fast a sound is played, and how high. Both are factors, and each is of the original: a record has the same in both. */
export interface Retuning {
  readonly speed: number;
  readonly pitch: number;
}

/** Chromaprint looks at less than 3.6 kHz, so its own rate is enough for any speed down to 0.65. */
export const clipRate = printRate;

/** Speeds that are looked for: slowed to 0.75, and nightcore up to 1.4. */
const speeds = { from: 0.75, to: 1.4 };
/** Two and a half semitones. */
const pitches = { from: 0.865, to: 1.156 };
/** As an octave has twelve notes for Chromaprint, pitch has to be met within a fifth of one. */
const pitchStep = 1.024;
/** A tempo alone changes little in 15 seconds. */
const tempoStep = 1.06;

/** What is tried first, with a short clip: as records do it, the tempo alone, the pitch alone. Pure. */
export function coarseGrid(): readonly Retuning[] {
  return [
    { speed: 1, pitch: 1 },
    ...steps(speeds, pitchStep).map((speed) => ({ speed, pitch: speed })),
    ...steps(speeds, tempoStep).map((speed) => ({ speed, pitch: 1 })),
    ...steps(pitches, pitchStep).map((pitch) => ({ speed: 1, pitch })),
  ];
}

/** Factors on both sides of 1. */
function steps({ from, to }: { readonly from: number; readonly to: number }, step: number): number[] {
  const least = Math.ceil(Math.log(from) / Math.log(step));
  const most = Math.floor(Math.log(to) / Math.log(step));
  return Array.from({ length: most - least + 1 }, (_, index) => step ** (least + index)).filter(
    (factor) => factor !== 1,
  );
}

/** What is tried next, with the whole clip: the tempo, which drifts apart over its 30 seconds. Pure. */
export function tempoGrid({ speed, pitch }: Retuning): readonly Retuning[] {
  return around(9, 1.0045).map((factor) => ({ speed: speed * factor, pitch }));
}

/** And at the best tempo the pitch. Pure. */
export function pitchGrid({ speed, pitch }: Retuning): readonly Retuning[] {
  return around(6, 1.004).map((factor) => ({ speed, pitch: pitch * factor }));
}

/**
 * Where between the steps of a grid the least lies: at the vertex of the parabola through the best step and the two beside
 * it. At its ends the best step itself. Pure. @param errors of the step before, of the best one and of the one after @returns in steps, from -0.5 to 0.5
 */
export function vertex([before = 0, best = 0, after = 0]: readonly number[]): number {
  const bend = before - 2 * best + after;
  return bend <= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / 2 / bend));
}

function around(reach: number, step: number): readonly number[] {
  return Array.from({ length: 2 * reach + 1 }, (_, index) => step ** (index - reach));
}

/** How many samples a sound of so many has, when it's retuned. */
function retunedSamples(samples: number, { speed }: Retuning): number {
  return Math.floor(samples / speed);
}

/** How many values of the fingerprint one of them takes up, with the silence after it. */
function slotValues(samples: number, retuning: Retuning): number {
  return Math.ceil(retunedSamples(samples, retuning) / samplesPerValue);
}

/**
 * The filters that make one sound of all retunings of a clip, one after the other, each beginning where a value does: so one
 * run of ffmpeg makes the fingerprints of all. From pad 0:a to pad o. Pure. @param samples how many the clip has
 */
export function retuningFilters(grid: readonly Retuning[], samples: number): string {
  const ins = grid.map((_, index) => `[i${index}]`).join('');
  const outs = grid.map((_, index) => `[o${index}]`).join('');
  const each = grid.map((retuning, index) => {
    const slot = slotValues(samples, retuning) * samplesPerValue;
    return `[i${index}]${retuningFilter(retuning)},apad,atrim=end_sample=${slot}[o${index}]`;
  });
  return `[0:a]asplit=${grid.length}${ins};${each.join(';')};${outs}concat=n=${grid.length}:v=0:a=1[o]`;
}

/** Pitch by playing it faster, and tempo by what is left. */
function retuningFilter({ speed, pitch }: Retuning): string {
  const tempo = speed / pitch;
  const filters = [
    ...(pitch === 1 ? [] : [`asetrate=${Math.round(clipRate * pitch)}`, `aresample=${clipRate}`]),
    ...(Math.abs(tempo - 1) < 1e-6 ? [] : [`atempo=${tempo.toFixed(6)}`]),
  ];
  return filters.length === 0 ? 'anull' : filters.join(',');
}

/** The fingerprints of all retunings, out of the one of all of them. Pure. @param samples as above */
export function cutFingerprints(
  grid: readonly Retuning[],
  samples: number,
  values: Uint32Array,
): readonly Uint32Array[] {
  let at = 0;
  return grid.map((retuning) => {
    const many = Math.floor((retunedSamples(samples, retuning) - samplesOfValue) / samplesPerValue) + 1;
    const print = values.subarray(at, at + Math.max(0, many));
    at += slotValues(samples, retuning);
    return print;
  });
}
