/**
 * npm run bench [TRACKS] [SECONDS] [FORMATS]: lists through the whole pipeline, beside limits that are measured in the
 * same rounds. Tables go to stderr, JSON to stdout. Options, after "--": --tracks --seconds --formats --latency MS
 * --bandwidth BYTES_PER_SECOND --rounds N --timeline --seed TEXT, and --sizes 10,100,1000. readme.md says what each means.
 */
import { describeMachine, startBench, type Bench } from './measure/bench.ts';
import { figure, mediansOf, round, type Figures } from './measure/figures.ts';
import { runHarmoni } from './measure/harmoni.ts';
import { runFfmpegAlone, runYtDlpAlone, runYtDlpStart } from './measure/limits.ts';
import { readBenchOptions } from './measure/options.ts';
import { figureTable, phaseTable } from './measure/print.ts';
import { runSizes } from './measure/sizes.ts';
import { phasesOf, type Course } from './measure/timeline.ts';

/** What ffmpeg alone does for a format, at least. */
const floors = {
  'ffmpeg alone to mp3': ['-c:a', 'libmp3lame', '-q:a', '2', '-f', 'mp3'],
  'ffmpeg alone copying': ['-c:a', 'copy', '-f', 'opus'],
} as const;

const options = readBenchOptions(process.argv.slice(2), {
  tracks: 40,
  seconds: 210,
  formats: ['best', 'm4a', 'opus', 'mp3'],
  rounds: 1,
});
if (options.without !== undefined) throw new Error('--without is an option of npm run bench:peers.');
console.error(`seed ${options.seed}`);
if (options.sizes.length > 0) await runSizes(options);
else await runRounds();

async function runRounds(): Promise<void> {
  const bench = await startBench(options);
  try {
    const figures = new Map<string, Figures[]>();
    const courses = new Map<string, Course[]>();
    const keep = (name: string, one: Figures): void =>
      void figures.set(name, [...(figures.get(name) ?? []), one]);
    for (let number = 1; number <= options.rounds; number += 1) {
      for (const [name, run] of limits(bench)) keep(name, await run());
      for (const format of options.formats) {
        const run = await runHarmoni(bench, format);
        keep(format, run.figures);
        courses.set(format, [...(courses.get(format) ?? []), run]);
      }
      console.error(`round ${number} of ${options.rounds} is done`);
    }
    await tell(bench, new Map([...figures].map(([name, runs]) => [name, mediansOf(runs)])), courses);
  } finally {
    await bench.close();
  }
}

function floorOf(format: string): keyof typeof floors {
  return format === 'mp3' ? 'ffmpeg alone to mp3' : 'ffmpeg alone copying';
}

type Limit = [name: string, run: () => Promise<Figures>];

function limits(bench: Bench): Limit[] {
  return [
    ['yt-dlp start', () => runYtDlpStart(bench)],
    ...[1, 2, 3].map((processes): Limit => [
      `yt-dlp alone x${processes}`,
      () => runYtDlpAlone(bench, processes),
    ]),
    ...[...new Set(options.formats.map(floorOf))].map((floor): Limit => [
      floor,
      () => runFfmpegAlone(bench, floors[floor]),
    ]),
  ];
}

async function tell(
  bench: Bench,
  medians: ReadonlyMap<string, Figures>,
  courses: ReadonlyMap<string, readonly Course[]>,
): Promise<void> {
  const of = (name: string, path: string): number => figure(medians.get(name), path);
  const batches = [1, 2, 3].map((processes) => `yt-dlp alone x${processes}`);
  const bestBatch = batches.toSorted((a, b) => of(a, 'wallSeconds') - of(b, 'wallSeconds'))[0] ?? '';
  const start = of('yt-dlp start', 'cpuSeconds');
  const runs = options.formats.map((format) => {
    const perTrack = of(format, 'cpuSecondsPerTrack');
    const floorPerTrack = of(floorOf(format), 'cpuSecondsPerTrack');
    const ratios = {
      cpuPerTrackToYtDlpStart: round(perTrack / start),
      cpuToFfmpegAlone: round(perTrack / floorPerTrack),
      ...(format === 'mp3'
        ? { cpuToFfmpegAndYtDlpStarts: round(perTrack / (1.25 * floorPerTrack + start)) }
        : {}),
      wallToBestYtDlpAlone: round(of(format, 'wallSeconds') / of(bestBatch, 'wallSeconds')),
    };
    const timeline = options.timeline ? { timeline: phasesOf(courses.get(format) ?? []) } : {};
    return [format, { ...medians.get(format), ...ratios, ...timeline }] as const;
  });
  console.error(figureTable(medians));
  for (const [format, { timeline }] of runs)
    if (timeline !== undefined) console.error(`\n${format}\n${phaseTable(timeline)}`);
  const measuredLimits = Object.fromEntries([...medians].filter(([name]) => !options.formats.includes(name)));
  console.log(
    JSON.stringify(
      {
        ...options,
        machine: await describeMachine(bench),
        limits: measuredLimits,
        bestYtDlpBatch: bestBatch,
        runs: Object.fromEntries(runs),
      },
      null,
      2,
    ),
  );
}
