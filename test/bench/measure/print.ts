import { figure, type Figures } from './figures.ts';
import { table } from './table.ts';
import type { Phase } from './timeline.ts';

const columns: readonly (readonly [title: string, path: string, digits: number])[] = [
  ['right', 'right', 0],
  ['wall s', 'wallSeconds', 2],
  ['first song s', 'firstSongSeconds', 2],
  ['CPU s', 'cpuSeconds', 2],
  ['CPU s/song', 'cpuSecondsPerTrack', 3],
  ['PSS MB', 'proportionalMegabytes.tree', 0],
  ['RSS MB', 'residentMegabytes.tree', 0],
  ['main', 'residentMegabytes.main', 0],
  ['yt-dlp each', 'residentMegabytes.ytDlpEach', 0],
  ['ffmpeg each', 'residentMegabytes.ffmpegEach', 0],
  ['rest %', 'restOfMachinePercent', 0],
];

/** Several things that were measured, a row each. Pure. */
export function figureTable(measured: ReadonlyMap<string, Figures>): string {
  const rows = [...measured].map(([name, figures]) => [
    name,
    ...columns.map(([, path, digits]) => {
      const value = figure(figures, path);
      return Number.isNaN(value) ? '-' : value.toFixed(digits);
    }),
  ]);
  return table([['', ...columns.map(([title]) => title)], ...rows]);
}

/** What the cores did, a row for each phase. Pure. */
export function phaseTable(phases: readonly Phase[]): string {
  const cores = phases[0]?.idleCores.map((_, core) => `idle core ${core}`) ?? [];
  const head = [
    '% of all cores',
    's',
    'main',
    'yt-dlp',
    'ffmpeg',
    'other',
    'stand-in',
    'bench',
    'rest',
    'idle',
  ];
  const percent = (value: number): string => value.toFixed(1);
  const rows = phases.map((phase) => [
    phase.name,
    phase.seconds.toFixed(2),
    ...[phase.cpu.main, phase.cpu.ytDlp, phase.cpu.ffmpeg, phase.cpu.other].map(percent),
    ...[phase.standIn, phase.bench, phase.restOfMachine, phase.idle, ...phase.idleCores].map(percent),
  ]);
  return table([[...head, ...cores], ...rows]);
}
