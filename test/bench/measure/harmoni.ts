import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectDir } from '../../helpers/world.ts';
import type { Bench } from './bench.ts';
import { figuresOf, type Figures } from './figures.ts';
import { measure, type Measured } from './measure.ts';
import { lookAtSongs } from './songs.ts';
import type { Course } from './timeline.ts';

export interface MeasuredRun extends Course {
  readonly figures: Figures;
}

const report = z.object({ summary: z.object({ done: z.number() }) });
/** As users start it. */
const program = join(projectDir, 'start.sh');

/** Downloads the list with HARMONI into an empty library. */
export async function runHarmoni(
  bench: Bench,
  format: string,
  quality: readonly string[] = [],
): Promise<MeasuredRun> {
  const place = mkdtempSync(join(bench.folder, 'harmoni-'));
  const output = join(place, 'music');
  const args = [
    'download',
    bench.list,
    '--yes',
    '--json',
    '--format',
    format,
    '--output',
    output,
    ...quality,
  ];
  try {
    const run = await measureHarmoni(bench, place, args);
    const { summary } = report.parse(JSON.parse(run.stdout));
    const songs = await lookAtSongs(output, run.beganMs, { ...bench, ffmpeg: bench.tools.ffmpeg });
    return {
      samples: run.samples,
      firstSongSeconds: songs.firstSongSeconds,
      figures: { done: summary.done, ...figuresOf(run, bench.tracks, songs) },
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Looks for the songs of the list and downloads none. */
export async function runDry(bench: Bench): Promise<Figures> {
  const place = mkdtempSync(join(bench.folder, 'dry-'));
  const args = ['download', bench.list, '--yes', '--dry-run', '--json', '--output', join(place, 'music')];
  return figuresOf(await measureHarmoni(bench, place, args), bench.tracks);
}

async function measureHarmoni(bench: Bench, place: string, args: readonly string[]): Promise<Measured> {
  const options = {
    env: { ...bench.env, HARMONI_DATA_DIR: join(place, 'data') },
    standIn: bench.youTube.pid,
  };
  // The versions of the tools are known from the first start on.
  await measure([program, 'doctor'], options);
  const run = await measure([program, ...args], options);
  if (run.stdout === '') throw new Error(`HARMONI ended with ${String(run.exitCode)}:\n${run.stderr}`);
  return run;
}
