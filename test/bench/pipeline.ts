/**
 * npm run bench [TRACKS] [SECONDS]: lists through the whole pipeline, beside the limits measured in the same run: one
 * start of yt-dlp, yt-dlp alone on the same videos, and ffmpeg alone on the same files over all cores. Prints JSON.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { downloadArgs } from '../../src/providers/ytdlp/arguments.ts';
import { measure, type Measured } from '../helpers/measure.ts';
import { createWorld, exportifyCsv, makeTracks, projectDir, realTools } from '../helpers/world.ts';

const count = Number(process.argv[2] ?? 40);
const seconds = Number(process.argv[3] ?? 210);
const formats = (process.argv[4]?.split(',') ?? ['best', 'm4a', 'opus', 'mp3']) as readonly string[];

const tools = await realTools();
const tracks = makeTracks(count, { fromMs: seconds * 1000, stepMs: 0 });
const world = await createWorld({ tracks, catalogue: { decoys: ['live', 'cover'] } });
const list = join(world.folder, 'Bench.csv');
writeFileSync(list, exportifyCsv(tracks));
const round = (value: number): number => Math.round(value * 1000) / 1000;
const figures = ({ wallSeconds, cpuSeconds, peakMegabytes }: Measured) => ({
  wallSeconds: round(wallSeconds),
  cpuSeconds: round(cpuSeconds),
  cpuSecondsPerTrack: round(cpuSeconds / count),
  peakMegabytes,
});

try {
  await world.youTube.prepareAudio();
  const starts: number[] = [];
  for (let run = 0; run < 5; run += 1)
    starts.push((await measure([tools.ytDlp, '--version'], world.env)).cpuSeconds);
  const ytDlpStart = starts.sort((a, b) => a - b)[2] ?? 0;

  const sources = join(world.folder, 'sources');
  mkdirSync(sources);
  const ids = world.youTube.catalogue.shelves.flatMap(({ right }) => right?.videoId ?? []);
  const extraArgs = world.youTube.ytdlpArgs();
  const alone = await measure([tools.ytDlp, ...downloadArgs(ids, sources, 'opus', { extraArgs })], world.env);
  const ffmpegMp3 = await ffmpegAlone(sources, ['-c:a', 'libmp3lame', '-q:a', '2', '-f', 'mp3']);
  const ffmpegCopy = await ffmpegAlone(sources, ['-c:a', 'copy', '-f', 'opus']);

  const runs: Record<string, unknown> = {};
  for (const format of formats) {
    const output = join(world.folder, `music-${format}`);
    const data = join(world.folder, `data-${format}`);
    const entry = join(projectDir, 'src', 'index.ts');
    // The versions of the tools are known from the first start on.
    await measure([process.execPath, entry, 'doctor'], { ...world.env, HARMONI_DATA_DIR: data });
    const args = ['download', list, '--yes', '--json', '--format', format, '--output', output];
    const run = await measure([process.execPath, entry, ...args], { ...world.env, HARMONI_DATA_DIR: data });
    const done = (JSON.parse(run.stdout) as { summary: { done: number } }).summary.done; // HARMONI's own document
    const floor = format === 'mp3' ? ffmpegMp3 : ffmpegCopy;
    const perTrack = run.cpuSeconds / count;
    runs[format] = {
      done,
      ...figures(run),
      cpuPerTrackToYtDlpStart: round(perTrack / ytDlpStart),
      cpuToFfmpegAlone: round(run.cpuSeconds / floor.cpuSeconds),
      ...(format === 'mp3'
        ? { cpuToFfmpegAndYtDlpStarts: round(perTrack / (1.25 * (floor.cpuSeconds / count) + ytDlpStart)) }
        : {}),
      wallToYtDlpAlone: round(run.wallSeconds / alone.wallSeconds),
    };
    rmSync(output, { recursive: true, force: true });
  }
  console.log(
    JSON.stringify(
      {
        tracks: count,
        secondsPerTrack: seconds,
        cores: availableParallelism(),
        node: process.version,
        ytDlp: tools.ytDlpVersion,
        limits: {
          ytDlpStartCpuSeconds: round(ytDlpStart),
          ytDlpAlone: figures(alone),
          ffmpegMp3Alone: figures(ffmpegMp3),
          ffmpegCopyAlone: figures(ffmpegCopy),
        },
        runs,
      },
      null,
      2,
    ),
  );
} finally {
  await world.close();
}

/** One ffmpeg per file, as many at once as there are cores. */
async function ffmpegAlone(folder: string, args: readonly string[]): Promise<Measured> {
  const script = `ls "$1"/*.webm "$1"/*.opus 2>/dev/null | xargs -P ${availableParallelism()} -I{} "$2" -nostdin -v error -y -i {} -vn ${args.join(' ')} {}.out`;
  const measured = await measure(['bash', '-c', script, 'bash', folder, tools.ffmpeg], world.env);
  const made = readdirSync(folder).filter((name) => name.endsWith('.out'));
  if (made.length !== count) throw new Error(`ffmpeg alone made ${made.length} of ${count} files`);
  await promisify(execFile)('find', [folder, '-name', '*.out', '-delete']);
  return measured;
}
