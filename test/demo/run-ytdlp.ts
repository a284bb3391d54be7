import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeCatalogue, type CatalogueOptions } from '../stand-ins/catalogue.ts';
import { startYouTubeStandIn, type YouTubeStandIn } from '../stand-ins/youtube-stand-in.ts';
import type { Track } from '../../src/tracks/track.ts';
import { realTools } from '../helpers/world.ts';

const tools = await realTools();
export const ffmpegPath = tools.ffmpeg;

/** A track of four seconds. */
export function shortTrack(name: string, more: Partial<Track> = {}): Track {
  return { artists: ['Some Band'], artist: 'Some Band', track: name, durationMs: 4_000, ...more };
}

/** A stand-in with a temp folder; `end` closes and removes both. */
export async function standInFor(
  tracks: readonly Track[],
  options: CatalogueOptions = {},
): Promise<{ youtube: YouTubeStandIn; folder: string; end: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'harmoni-youtube-'));
  const youtube = await startYouTubeStandIn({
    catalogue: makeCatalogue(tracks, options),
    ffmpegPath,
    cacheDir: join(folder, 'tones'),
  });
  const end = async (): Promise<void> => {
    await youtube.close();
    await rm(folder, { recursive: true });
  };
  return { youtube, folder, end };
}

/** The id of the right recording of the stand-in's track with this index. */
export function rightId(youtube: YouTubeStandIn, index = 0): string {
  const id = youtube.catalogue.shelves[index]?.right?.videoId;
  if (id === undefined) throw new Error(`Track ${index} has no right recording.`);
  return id;
}

export interface YtdlpRun {
  readonly code: number | null;
  /** Lines without the empty ones. */
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs the real yt-dlp, pointed at the stand-in. */
export async function ytdlp(
  youtube: Pick<YouTubeStandIn, 'ytdlpArgs'>,
  ...args: string[]
): Promise<YtdlpRun> {
  const fixed = ['--ignore-config', '--retries', '1', '--fragment-retries', '1'];
  const child = spawn(tools.ytDlp, [...fixed, ...youtube.ytdlpArgs(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, lines: out.split('\n').filter((line) => line !== ''), errors };
}
