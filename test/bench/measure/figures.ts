import type { Measured } from './measure.ts';
import type { Finished } from './songs.ts';
import { phasesOf } from './timeline.ts';

/** What was measured, by name. */
export interface Figures {
  readonly [name: string]: number | Figures;
}

/** The figures of a run that was to make so many songs. NaN: there was no such moment. */
export function figuresOf(run: Measured, tracks: number, songs?: Finished): Figures {
  const whole = phasesOf([{ samples: run.samples, firstSongSeconds: undefined }]).at(-1);
  return {
    ...(songs === undefined
      ? {}
      : { files: songs.files, right: songs.right, firstSongSeconds: songs.firstSongSeconds ?? NaN }),
    wallSeconds: run.wallSeconds,
    cpuSeconds: run.cpuSeconds,
    cpuSecondsPerTrack: run.cpuSeconds / tracks,
    residentMegabytes: { ...run.resident },
    proportionalMegabytes: { ...run.proportional },
    standInCpuSeconds: run.samples.reduce((sum, sample) => sum + sample.standIn, 0),
    // Of all cores' time: what others did on the machine makes a run longer.
    restOfMachinePercent: whole?.restOfMachine ?? NaN,
  };
}

/** The median of each figure over several runs of the same thing, to three digits behind the point. Pure. */
export function mediansOf(runs: readonly Figures[]): Figures {
  return Object.fromEntries(
    Object.entries(runs[0] ?? {}).map(([name, first]) => {
      const all = runs.map((run) => run[name]);
      return [
        name,
        typeof first === 'number'
          ? round(median(all.filter((one) => typeof one === 'number')))
          : mediansOf(all.filter((one) => typeof one === 'object')),
      ];
    }),
  );
}

/** A figure by its path, "residentMegabytes.tree"; NaN where there is none. Pure. */
export function figure(figures: Figures | undefined, path: string): number {
  const found = path
    .split('.')
    .reduce<Figures | number | undefined>(
      (at, name) => (typeof at === 'object' ? at[name] : undefined),
      figures,
    );
  return typeof found === 'number' ? found : NaN;
}

/** Of no numbers: NaN. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

export const round = (value: number): number => Math.round(value * 1000) / 1000;
