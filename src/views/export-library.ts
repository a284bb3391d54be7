import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { exportSongs, type Exported } from '../engine/export-library.ts';
import type { ExportFlags } from '../engine/export-wish.ts';
import { readKnownLists } from '../library/known-lists.ts';
import type { Store } from '../history/store.ts';
import { parseQuery, termForLists } from '../library/query.ts';
import type { Clock } from '../system/clock.ts';
import { playlists, songs as counted } from '../tracks/song-count.ts';
import type { Output } from '../ui/output.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { noSongsText } from './no-songs.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';
import { typedPath } from './typed-path.ts';

export interface ExportParts extends ScanParts {
  readonly store: Pick<Store, 'files' | 'followed' | 'failures' | 'jobs' | 'lists'>;
  readonly config: { readonly output_dir: string };
  readonly clock: Clock;
  readonly output: Output;
  readonly paths: ScanParts['paths'] & { readonly data: string };
}

/** Writes songs into files, and says where they are. Returns the exit code. @throws HarmoniError usage */
export async function exportLibrary(
  parts: ExportParts,
  flags: ExportFlags,
  words: readonly string[],
): Promise<number> {
  const { config, clock, output, paths, store } = parts;
  parseQuery(words);
  await scanWithProgress(parts, config.output_dir);
  const place = { library: config.output_dir, folder: join(paths.data, 'export'), nowMs: clock.now() };
  const to = flags.to === undefined ? undefined : typedPath(flags.to, homedir());
  const exported = await exportSongs(store, place, { ...flags, to }, words);
  output.say(sentenceOf(exported) ?? noSongsText(words, config.output_dir));
  output.document({ ...exported, songs: sum(exported) });
  return 0;
}

export interface ExportPlaylistParts extends ExportParts {
  readonly prompter: Prompter;
}

/** Asks for a playlist, and writes all its songs into a track list. */
export async function exportPlaylist(parts: ExportPlaylistParts): Promise<void> {
  const { config, prompter, store } = parts;
  const names = [...new Set(readKnownLists(store, config.output_dir).map(({ name }) => name))];
  if (names.length === 0) {
    prompter.say("HARMONI doesn't know any playlists yet. Download or follow one first.");
    return;
  }
  const all = names.length === 1 ? [] : [{ value: '', name: 'All playlists' }];
  const chosen = await prompter.select({
    message: 'Which playlist?',
    choices: [...all, ...names.map((name) => ({ value: name, name }))],
  });
  if (chosen === back) return;
  const words = chosen === '' ? [] : [termForLists([chosen])];
  await exportLibrary(parts, { what: 'playlists' }, words);
}

const nothing: Readonly<Record<Exclude<Exported['what'], 'library'>, string>> = {
  missing: 'No song is missing from your playlists, so no file was written.',
  playlists: 'No playlist has a matching song, so no file was written.',
};

const noLists = `${nothing.playlists} To write all songs into one list, add --to with a name such as songs.m3u8.`;

/** Undefined where the library has no such songs. */
function sentenceOf(exported: Exported): string | undefined {
  const { files, what, as } = exported;
  const [only] = files;
  if (only === undefined) {
    if (what === 'library') return as === 'm3u' ? noLists : undefined;
    return nothing[as === 'm3u' ? 'playlists' : what];
  }
  if (files.length > 1) return `Wrote ${playlists(files.length)} to ${dirname(only.path)}`;
  const missing = what === 'missing' ? 'missing ' : '';
  return `Wrote ${counted(only.songs).replace(' ', ` ${missing}`)} to ${only.path}`;
}

const sum = ({ files }: Exported): number => files.reduce((many, { songs }) => many + songs, 0);
