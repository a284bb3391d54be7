import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectDir } from '../../helpers/world.ts';
import type { Track } from '../../../src/tracks/track.ts';
import type { Bench } from './bench.ts';
import { figuresOf, type Figures } from './figures.ts';
import { measure } from './measure.ts';
import { lookAtSongs } from './songs.ts';

const run = promisify(execFile);

/** The newest that there was on 2026-11-29. */
export const spotDlVersion = '4.6.0';

export interface SpotDl {
  readonly program: string;
  /** Of the yt-dlp that it was installed with. */
  readonly ytDlpVersion: string;
}

/**
 * Installs spotDL from PyPI when it isn't there yet, with the yt-dlp that it asks for.
 * @throws what python3 or pip said, when it cannot be installed
 */
export async function installSpotDl(): Promise<SpotDl> {
  const folder = join(projectDir, 'data', 'tools', 'bench-peers', `spotdl-${spotDlVersion}`);
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', `spotdl==${spotDlVersion}`];
    await run(join(folder, 'bin', 'python'), pip);
    writeFileSync(done, '');
  }
  const ytDlp = await run(join(folder, 'bin', 'yt-dlp'), ['--version']);
  return { program: join(folder, 'bin', 'spotdl'), ytDlpVersion: ytDlp.stdout.trim() };
}

/** What YouTube has, and spotDL copies if it's told no bitrate. */
const copied: ReadonlySet<string> = new Set(['opus', 'm4a']);

/**
 * Downloads the list with spotDL into an empty folder, with its own search of YouTube Music and its own choice. It gets
 * the songs as a save file, so that it asks Spotify for nothing, no lyrics providers, and a bitrate where the sound has to be
 * encoded; all else is its default.
 */
export async function runSpotDl(
  bench: Bench,
  { program }: SpotDl,
  songs: { tracks: readonly Track[]; format: string; kbits: number },
): Promise<Figures> {
  const place = mkdtempSync(join(bench.folder, 'spotdl-'));
  const output = join(place, 'music');
  const [list, trusted] = [join(place, 'Bench.spotdl'), join(place, 'trusted.pem')];
  mkdirSync(output);
  writeFileSync(
    list,
    JSON.stringify(songs.tracks.map((track, index) => saved(track, index, songs.tracks.length))),
  );
  writeFileSync(trusted, bench.youTube.certificate);
  const ytDlpArgs = bench.youTube.ytdlpArgs().map((word) => `'${word}'`);
  const args = [
    ...['download', list, '--output', join(output, '{artist} - {title}.{output-ext}')],
    ...['--format', songs.format, '--bitrate', copied.has(songs.format) ? 'disable' : `${songs.kbits}k`],
    ...['--ffmpeg', bench.tools.ffmpeg],
    ...['--yt-dlp-args', ytDlpArgs.join(' '), '--simple-tui', '--lyrics'],
  ];
  const env = {
    ...bench.env,
    HOME: place,
    HTTPS_PROXY: bench.youTube.proxyUrl,
    HTTP_PROXY: bench.youTube.proxyUrl,
    NO_PROXY: '127.0.0.1',
    REQUESTS_CA_BUNDLE: trusted,
    SSL_CERT_FILE: trusted,
  };
  try {
    const measured = await measure([program, ...args], { env, standIn: bench.youTube.pid });
    const looked = await lookAtSongs(output, measured.beganMs, { ...bench, ffmpeg: bench.tools.ffmpeg });
    if (looked.files === 0) throw new Error(`spotDL made nothing:\n${measured.stdout}\n${measured.stderr}`);
    return figuresOf(measured, songs.tracks.length, looked);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A song as `spotdl save` writes it; what is missing would be asked of Spotify. */
function saved(track: Track, index: number, count: number): Record<string, unknown> {
  return {
    name: track.track,
    artists: track.artists,
    artist: track.artist,
    genres: [],
    disc_number: 1,
    disc_count: 1,
    album_name: track.album ?? '',
    album_artist: track.artist,
    album_id: 'bench',
    duration: Math.round((track.durationMs ?? 0) / 1000),
    year: 2026,
    date: '2026-01-01',
    track_number: index + 1,
    tracks_count: count,
    song_id: `bench${index}`,
    explicit: false,
    publisher: '',
    url: `https://open.spotify.com/track/bench${index}`,
    // It cannot write tags with none at all.
    isrc: track.isrc ?? '',
    cover_url: null,
    copyright_text: null,
  };
}
