import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Track } from '../../../src/tracks/track.ts';
import type { Bench } from './bench.ts';
import { figuresOf, type Figures } from './figures.ts';
import { measure } from './measure.ts';
import { lookAtSongs } from './songs.ts';

/** The original's "batch async" has so many threads. */
const atOnce = 4;

/**
 * The literal pipeline: for each song a yt-dlp that takes the first hit of YouTube's search and converts it. It chooses
 * nothing, and writes no tags.
 */
export async function runLiteral(
  bench: Bench,
  songs: { tracks: readonly Track[]; format: string; kbits: number },
): Promise<Figures> {
  const output = mkdtempSync(join(bench.folder, 'literal-'));
  const names = join(output, 'names');
  writeFileSync(names, songs.tracks.map(({ artist, track }) => `${artist} - ${track}\n`).join(''));
  const command = [
    ...['xargs', '-a', names, '-d', '\n', '-P', String(atOnce), '-I', '{}'],
    ...[bench.tools.ytDlp, '--ignore-config', '--quiet', '--ffmpeg-location', bench.tools.ffmpeg],
    ...['-x', '--audio-format', songs.format, '--audio-quality', `${songs.kbits}K`],
    ...bench.youTube.ytdlpArgs(),
    ...['-o', join(output, '{}.%(ext)s'), '--', 'ytsearch1:{}'],
  ];
  try {
    const measured = await measure(command, { env: bench.env, standIn: bench.youTube.pid });
    const looked = await lookAtSongs(output, measured.beganMs, { ...bench, ffmpeg: bench.tools.ffmpeg });
    if (looked.files === 0) throw new Error(`The literal pipeline made nothing:\n${measured.stderr}`);
    return figuresOf(measured, songs.tracks.length, looked);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
