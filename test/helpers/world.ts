import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from './csv-text.ts';
import { makeCatalogue, type CatalogueOptions } from '../stand-ins/catalogue.ts';
import {
  startYouTubeStandIn,
  type YouTubeStandIn,
  type YouTubeStandInOptions,
} from '../stand-ins/youtube-stand-in.ts';
import { splitPath } from '../../src/doctor/tools.ts';
import { locateFfmpeg, locateYtDlp } from '../../src/doctor/tools.ts';
import type { Track } from '../../src/tracks/track.ts';

export const projectDir = resolve(import.meta.dirname, '..', '..');

const toolsDir = join(process.env['HARMONI_DATA_DIR'] ?? join(projectDir, 'data'), 'tools');

/** The real programs that the tests run: what HARMONI itself would use on this machine. */
export async function realTools(): Promise<{ ytDlp: string; ytDlpVersion: string; ffmpeg: string }> {
  const pathDirs = splitPath(process.env['PATH']);
  const ytDlp = await locateYtDlp({
    configPath: '',
    envPath: process.env['HARMONI_YTDLP'],
    pathDirs,
    toolsDir,
  });
  const ffmpeg = await locateFfmpeg({
    configPath: '',
    envPath: process.env['HARMONI_FFMPEG'],
    pathDirs,
    toolsDir,
  });
  if (ytDlp === undefined || ffmpeg === undefined)
    throw new Error('yt-dlp and ffmpeg are needed: ./start.sh test gets them');
  return { ytDlp: ytDlp.path, ytDlpVersion: ytDlp.version, ffmpeg: ffmpeg.path };
}

/** What a run of HARMONI as a program gave. */
export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. */
  json(): unknown;
}

/** A machine of its own: folders, settings, a YouTube. */
export interface World {
  readonly folder: string;
  readonly music: string;
  readonly data: string;
  /** Beside the folder, for what was fetched once; not there until it is made. */
  readonly fetched: string;
  readonly youTube: YouTubeStandIn;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the real program to its end. */
  run(
    args: readonly string[],
    options?: { env?: NodeJS.ProcessEnv; input?: string; cwd?: string },
  ): Promise<Run>;
  /** Starts it, for those who want to kill it. */
  start(args: readonly string[]): ChildProcess;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly tracks: readonly Track[];
  readonly catalogue?: CatalogueOptions;
  readonly youTube?: Partial<YouTubeStandInOptions>;
  readonly config?: Readonly<Record<string, unknown>>;
}

/**
 * Folders, a config.json and the environment that leads HARMONI to them and to a stand-in of YouTube. Whoever makes it
 * removes its folder.
 */
export function makeMachine(
  tools: Awaited<ReturnType<typeof realTools>>,
  youTube: Pick<YouTubeStandIn, 'musicUrl' | 'ytdlpArgs'>,
  settings: WorldOptions['config'] = {},
): Pick<World, 'folder' | 'music' | 'data' | 'env'> {
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-'));
  const data = join(folder, 'data');
  const music = join(folder, 'music');
  mkdirSync(join(data, 'exportify'), { recursive: true });
  // It knows the versions of yt-dlp and ffmpeg, as after a set-up: asking for them costs more than a download.
  const versions = join(toolsDir, 'versions.json');
  if (existsSync(versions)) cpSync(versions, join(data, 'tools', 'versions.json'));
  const config = {
    audio_format: 'best',
    output_dir: music,
    ytdlp_extra_args: youTube.ytdlpArgs(),
    youtube_music_url: youTube.musicUrl,
    // The others are on the internet, unless a test brings a stand-in of theirs.
    providers: ['youtube'],
    verify_by_ear: 'never',
    retry_delay: 0,
    downloads_per_hour: 0,
    // All songs in one yt-dlp: its start costs twenty times what a song does.
    max_concurrent_downloads: 1,
    ...settings,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HARMONI_CONFIG: join(folder, 'config.json'),
    HARMONI_DATA_DIR: data,
    HARMONI_YTDLP: tools.ytDlp,
    HARMONI_FFMPEG: tools.ffmpeg,
    NODE_COMPILE_CACHE: join(tmpdir(), 'harmoni-test-compile-cache'),
    LANG: 'C.UTF-8',
    // No desktop, wherever the tests run: menus offer more on one.
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
    WSL_DISTRO_NAME: '',
  };
  delete env['NODE_OPTIONS'];
  delete env['HARMONI_PROGRAM'];
  return { folder, music, data, env };
}

/** The sounds are the same for all worlds; making them is what costs. */
export const soundsDir = join(tmpdir(), 'harmoni-test-sounds');

export async function createWorld(options: WorldOptions): Promise<World> {
  const tools = await realTools();
  const youTube = await startYouTubeStandIn({
    catalogue: makeCatalogue(options.tracks, options.catalogue),
    ffmpegPath: tools.ffmpeg,
    cacheDir: soundsDir,
    ...options.youTube,
  });
  const { folder, music, data, env } = makeMachine(tools, youTube, options.config);
  const fetched = `${folder}-fetched`;
  const entry = join(projectDir, 'src', 'index.ts');
  const start = (
    args: readonly string[],
    extra: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
  ): ChildProcess =>
    spawn(process.execPath, [entry, ...args], {
      cwd: extra.cwd ?? folder,
      env: { ...env, ...extra.env },
      stdio: 'pipe',
    });
  return {
    folder,
    music,
    data,
    fetched,
    youTube,
    env,
    start,
    run(args, extra = {}) {
      const child = start(args, extra);
      child.stdin?.end(extra.input ?? '');
      return finished(child);
    },
    async close() {
      await youTube.close();
      for (const made of [folder, fetched]) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** Waits for a started HARMONI and collects what it printed. */
export function finished(child: ChildProcess): Promise<Run> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (exitCode) =>
      done({ exitCode, stdout, stderr, json: () => JSON.parse(stdout) as unknown }),
    );
  });
}

/** Songs that exist nowhere else; every one has a length and an ISRC of its own. */
export function makeTracks(count: number, options: { fromMs?: number; stepMs?: number } = {}): Track[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    const artist = `${surnames[index % surnames.length] ?? ''} Ensemble`;
    return {
      artists: [artist],
      artist,
      track: `${nouns[index % nouns.length] ?? ''} No. ${number}`,
      album: 'Collected Tones',
      durationMs: (options.fromMs ?? 6_000) + (index % 10) * (options.stepMs ?? 300),
      isrc: `QZTST26${number.padStart(5, '0')}`,
    };
  });
}

const surnames = ['Amber', 'Birch', 'Cedar', 'Dune', 'Ember', 'Fjord', 'Grove'];
const nouns = [
  'Prelude',
  'Nocturne',
  'Waltz',
  'Ballad',
  'March',
  'Reverie',
  'Toccata',
  'Berceuse',
  'Etude',
  'Fugue',
  'Rondo',
];

/** An Exportify CSV of these tracks, in the header of today. */
export function exportifyCsv(tracks: readonly Track[]): string {
  const rated = tracks.some((track) => track.explicit !== undefined);
  const header = [
    'Track URI',
    'Track Name',
    'Album Name',
    'Artist Name(s)',
    'Release Date',
    'Duration (ms)',
    'ISRC',
    ...(rated ? ['Explicit'] : []),
  ];
  return stringify([
    header,
    ...tracks.map((track) => [
      track.spotifyUri ?? '',
      track.track,
      track.album ?? '',
      track.artists.join(';'),
      track.releaseDate ?? '',
      String(track.durationMs ?? ''),
      track.isrc ?? '',
      ...(rated ? [String(track.explicit === true)] : []),
    ]),
  ]);
}
