import { isAbsolute, join, resolve } from 'node:path';
import type { Config } from './schema.ts';

/** What relative paths in config.json are relative to; all absolute. */
export interface Places {
  /** The folder of config.json. */
  readonly project: string;
  /** Where data/ is; HARMONI_DATA_DIR moves it, and with it every path that begins with data/. */
  readonly data: string;
  /** Where music/ is: beside config.json, or the platform's music folder where the npm package runs. */
  readonly music: string;
  /** What ~ stands for. */
  readonly home: string;
}

/** Where this copy of HARMONI keeps things; all absolute. */
export interface Paths {
  readonly config: string;
  readonly data: string;
  readonly log: string;
  /** Where HARMONI 2.0 put replaced files. */
  readonly trash: string;
  /** The library. */
  readonly output: string;
}

/** The settings with absolute paths. An empty path stays empty, a bare program name stays for PATH to find. */
export function resolvePaths(config: Config, places: Places): Config {
  const path = (text: string) => (text === '' ? '' : resolvePath(text, places));
  const program = (text: string) => (/[/\\]/.test(text) ? resolvePath(text, places) : text);
  return {
    ...config,
    output_dir: path(config.output_dir),
    exportify_watch_folder: path(config.exportify_watch_folder),
    cookies_file: path(config.cookies_file),
    tracks_file: path(config.tracks_file),
    playlists_file: path(config.playlists_file),
    pending_lists: config.pending_lists.map((input) => (isPath(input) ? path(input) : input)),
    ytdlp_path: program(config.ytdlp_path),
    ffmpeg_path: program(config.ffmpeg_path),
  };
}

/** A link, "liked" and "artist - title" are no paths. */
function isPath(input: string): boolean {
  if (/^(?:[a-z]+:\/\/|spotify:)/i.test(input)) return false;
  return /[/\\]|\.\w+$/.test(input) && !/\s[-–—]\s/.test(input);
}

function resolvePath(text: string, places: Places): string {
  if (isAbsolute(text)) return text;
  const [first = '', ...rest] = text.split(/[/\\]/);
  if (first === '~') return join(places.home, ...rest);
  if (first === 'data') return join(places.data, ...rest);
  if (first === 'music') return join(places.music, ...rest);
  return resolve(places.project, text);
}
