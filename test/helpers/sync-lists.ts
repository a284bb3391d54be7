import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Track } from '../../src/tracks/track.ts';
import { exportifyCsv, type World } from './world.ts';

/** Followed CSVs that change, and what has to be true after each sync. */

export interface ListNow {
  /** Of its folder and its playlist file. */
  readonly name: string;
  /** Of its CSV, without the extension: other than `name` since it was exported again under another one. */
  file: string;
  rows: Track[];
  /** Songs of it that the user deleted. */
  readonly deleted: Set<string>;
}

export interface Outcome {
  readonly lists: readonly {
    readonly tracks: readonly { readonly artist: string; readonly track: string; readonly status: string }[];
  }[];
  readonly sync: readonly { readonly name: string; readonly state: string; readonly trashed?: number }[];
}

/** What is wrong with the playlist file of a list: it has the list's songs that are there, in the list's order. */
export function playlistFaults(
  { world }: { readonly world: World },
  { name, rows }: ListNow,
): readonly string[] {
  const file = join(world.music, name, `${name}.m3u8`);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const paths = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const missing = paths.filter((path) => !existsSync(resolve(dirname(file), path)));
  const titles = lines
    .filter((line) => line.startsWith('#EXTINF'))
    .map((line) => line.replace(/^[^,]*,/, ''));
  const wanted = [...new Map(rows.map((row) => [row.isrc, `${row.artist} - ${row.track}`])).values()];
  const there = new Set(titles);
  const shown = wanted.filter((title) => there.has(title));
  return [
    ...missing.map((path) => `${name}: ${path} is in the playlist file and not on the disk`),
    ...(titles.join() === shown.join() ? [] : [`${name} has ${titles.join()} instead of ${shown.join()}`]),
    ...wanted
      .filter((title) => !there.has(title) && hasSound(world, title))
      .map((title) => `${name}: ${title} is in the library and not in the playlist file`),
  ];
}

export function hasSound(world: World, title: string): boolean {
  return filesIn(world.music).some((path) => basename(path).includes(title));
}

/** Every sound in the library and in the trash, by its hash. */
export function soundsIn(world: World): ReadonlyMap<string, string> {
  const files = filesIn(world.music, true);
  return new Map(files.map((path) => [createHash('sha256').update(readFileSync(path)).digest('hex'), path]));
}

export function filesIn(folder: string, withHidden = false): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.opus') && (withHidden || !/(?:^|\/)\./.test(path)))
    .map((path) => join(folder, path));
}

export function write(world: World, { file, rows }: Pick<ListNow, 'file' | 'rows'>): void {
  writeFileSync(csvOf(world, file), exportifyCsv(rows));
}

export function csvOf(world: World, file: string): string {
  return join(world.folder, `${file}.csv`);
}

/** A yt-dlp that notes the addresses that it gets. */
export function noting(ytDlp: string, folder: string, asked: string): string {
  const path = join(folder, 'noting-yt-dlp');
  const script = `#!/bin/sh
case " $* " in *' -P '*) ;; *) exec '${ytDlp}' "$@" ;; esac
echo 'Reading URLs from STDIN - EOF (Ctrl+D) to end:' >&2
tee -a '${asked}' | '${ytDlp}' "$@"
`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}
