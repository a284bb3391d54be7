import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exportifyCsv, makeMachine, realTools } from '../../helpers/world.ts';
import type { TestCatalogue } from '../../stand-ins/catalogue.ts';
import type { BenchOptions } from './options.ts';
import { benchCatalogue, benchTracks } from './songs.ts';
import { startYouTubeProcess, type YouTubeProcess } from './youtube-process.ts';

/** What every measurement needs: the tools, a list, and a YouTube that has its songs. */
export interface Bench {
  readonly tools: Awaited<ReturnType<typeof realTools>>;
  readonly youTube: YouTubeProcess;
  readonly catalogue: TestCatalogue;
  readonly tracks: number;
  /** The list, as a CSV. */
  readonly list: string;
  /** For whatever is made; it goes at the end. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

export async function startBench(options: BenchOptions): Promise<Bench> {
  const tools = await realTools();
  const songs = { count: options.tracks, seconds: options.seconds, seed: options.seed };
  const { latencyMs, bytesPerSecond } = options;
  const youTube = await startYouTubeProcess({
    ...songs,
    ffmpegPath: tools.ffmpeg,
    latencyMs,
    bytesPerSecond,
  });
  const { folder, env } = makeMachine(tools, youTube, { max_concurrent_downloads: 3 });
  const list = join(folder, 'Bench.csv');
  writeFileSync(list, exportifyCsv(benchTracks(songs)));
  return {
    tools,
    youTube,
    catalogue: benchCatalogue(songs),
    tracks: options.tracks,
    list,
    folder,
    env,
    async close() {
      await youTube.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the figures were measured on, and with. */
export async function describeMachine({ tools }: Pick<Bench, 'tools'>): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(tools.ffmpeg, ['-version']);
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    ytDlp: tools.ytDlpVersion,
    ffmpeg: /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? 'unknown',
  };
}
