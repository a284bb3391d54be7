import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { downloadArgs } from '../../../src/providers/ytdlp/arguments.ts';
import type { Bench } from './bench.ts';
import { figuresOf, type Figures } from './figures.ts';
import { atOnce, measure } from './measure.ts';

/** One start of yt-dlp that does nothing. */
export async function runYtDlpStart(bench: Bench): Promise<Figures> {
  return figuresOf(await measure([bench.tools.ytDlp, '--version'], { env: bench.env }), 1);
}

/** yt-dlp alone on the right videos, in so many processes at once. Leaves their sounds in `sourcesOf`. */
export async function runYtDlpAlone(bench: Bench, processes: number): Promise<Figures> {
  const folder = sourcesOf(bench);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const ids = bench.catalogue.shelves.flatMap(({ right }) => right?.videoId ?? []);
  const extraArgs = bench.youTube.ytdlpArgs();
  const commands = Array.from({ length: processes }, (_, part) => {
    const own = ids.filter((_id, index) => index % processes === part);
    return [bench.tools.ytDlp, ...downloadArgs(folder, 'opus', { extraArgs }), '--', ...own];
  });
  const run = await measure(atOnce(commands), { env: bench.env, standIn: bench.youTube.pid });
  const made = readdirSync(folder).filter((name) => name.endsWith('.webm')).length;
  if (made !== bench.tracks)
    throw new Error(`yt-dlp alone made ${made} of ${bench.tracks} files:\n${run.stderr}`);
  return figuresOf(run, bench.tracks);
}

/** ffmpeg alone on what `runYtDlpAlone` left: a process for each file, as many at once as there are cores. */
export async function runFfmpegAlone(bench: Bench, args: readonly string[]): Promise<Figures> {
  const folder = sourcesOf(bench);
  const script = `ls "$1"/*.webm | xargs -P ${availableParallelism()} -I{} "$2" -nostdin -v error -y -i {} -vn ${args.join(' ')} {}.out`;
  const run = await measure(['bash', '-c', script, 'bash', folder, bench.tools.ffmpeg], { env: bench.env });
  const made = readdirSync(folder).filter((name) => name.endsWith('.out'));
  if (made.length !== bench.tracks)
    throw new Error(`ffmpeg alone made ${made.length} of ${bench.tracks} files:\n${run.stderr}`);
  for (const name of made) rmSync(join(folder, name));
  return figuresOf(run, bench.tracks);
}

const sourcesOf = ({ folder }: Bench): string => join(folder, 'sources');
