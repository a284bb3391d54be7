import { kinds, type Kind } from './kinds.ts';
import type { Sample } from './tree-watch.ts';

/** What the cores did in a part of a run. Shares in percent of all cores' time. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
  readonly cpu: Readonly<Record<Kind, number>>;
  readonly standIn: number;
  readonly bench: number;
  /** Whatever else the machine did: anything here makes the run's times too long. */
  readonly restOfMachine: number;
  readonly idle: number;
  /** In percent of the one core's time. */
  readonly idleCores: readonly number[];
}

/** A run with the moment of its first finished song, in seconds from its start; undefined when there is none. */
export interface Course {
  readonly samples: readonly Sample[];
  readonly firstSongSeconds: number | undefined;
}

const names = ['before the first yt-dlp', 'until the first song', 'the middle', 'after the last yt-dlp'];

/**
 * The parts of several runs of the same thing, put together, and the whole. A part that no run has is left out. Pure.
 */
export function phasesOf(runs: readonly Course[]): Phase[] {
  const parts = new Map<string, Sample[]>(names.map((name) => [name, []]));
  for (const run of runs) {
    const isOf = phaseNamer(run);
    for (const sample of run.samples) parts.get(isOf(sample))?.push(sample);
  }
  const phases = [...parts].filter(([, samples]) => samples.length > 0);
  const whole = runs.flatMap(({ samples }) => samples);
  return [...phases, ['the whole', whole] as const].map(([name, samples]) =>
    phaseOf(name, samples, runs.length),
  );
}

function phaseNamer({ samples, firstSongSeconds = Infinity }: Course): (sample: Sample) => string {
  const busy = samples.filter(({ ytDlps }) => ytDlps > 0);
  const first = busy[0]?.at ?? Infinity;
  const last = busy.at(-1)?.at ?? Infinity;
  return ({ at }) => {
    const place = at < first ? 0 : at > last ? 3 : at < firstSongSeconds ? 1 : 2;
    return names[place] ?? '';
  };
}

function phaseOf(name: string, samples: readonly Sample[], runs: number): Phase {
  const sum = (of: (sample: Sample) => number): number =>
    samples.reduce((total, sample) => total + of(sample), 0);
  const seconds = sum((sample) => sample.seconds);
  const cores = Math.max(1, samples[0]?.idle.length ?? 1);
  const share = (used: number, of = cores): number => (100 * used) / (seconds * of);
  const cpu = {
    main: share(sum((sample) => sample.cpu.main)),
    ytDlp: share(sum((sample) => sample.cpu.ytDlp)),
    ffmpeg: share(sum((sample) => sample.cpu.ffmpeg)),
    other: share(sum((sample) => sample.cpu.other)),
  };
  const standIn = share(sum((sample) => sample.standIn));
  const bench = share(sum((sample) => sample.bench));
  const idleCores = Array.from({ length: cores }, (_, core) =>
    share(
      sum((sample) => sample.idle[core] ?? 0),
      1,
    ),
  );
  const idle = idleCores.reduce((total, one) => total + one, 0) / cores;
  const known = kinds.reduce((total, kind) => total + cpu[kind], standIn + bench + idle);
  return {
    name,
    seconds: seconds / runs,
    cpu,
    standIn,
    bench,
    // Ticks of 10 ms make it a little less than nothing at times.
    restOfMachine: Math.max(0, 100 - known),
    idle,
    idleCores,
  };
}
