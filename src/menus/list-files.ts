import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Config } from '../config/schema.ts';
import { toHarmoniError } from '../errors.ts';
import { mayHoldLists } from '../sources/find-lists.ts';
import { songs } from '../tracks/song-count.ts';
import type { TrackList } from '../tracks/track.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';
import { downloadLists, type DownloadParts } from '../views/download-lists.ts';
import type { PendingSettings } from '../views/pending-lists.ts';
import { readLists, type ReadListsParts } from '../views/read-lists.ts';
import { typedPath } from '../views/typed-path.ts';
import type { MenuItem } from './menu.ts';

export type DownloadListsParts = DownloadParts &
  ReadListsParts & {
    readonly prompter: Prompter;
    readonly config: PendingSettings & Pick<Config, 'tracks_file' | 'playlists_file'>;
  };

export async function downloadExportify(parts: DownloadListsParts): Promise<void> {
  const folder = parts.config.exportify_watch_folder;
  const files = filesIn(folder).filter(mayHoldLists);
  if (files.length === 0) {
    sayNoCsv(parts);
    return;
  }
  const lists: TrackList[] = [];
  for (const file of files) {
    // One broken file must not hide the others.
    try {
      lists.push(...(await readLists(parts, [join(folder, file)])));
    } catch (thrown) {
      const error = toHarmoniError(thrown);
      if (error.code === 'cancelled') throw error;
      parts.prompter.say(error.message, 'warn');
    }
  }
  const chosen = lists.length > 1 ? await pickLists(parts, lists) : lists;
  if (chosen === back || chosen.length === 0) return;
  await downloadLists(parts, chosen, asking);
}

function pickLists(
  { prompter }: DownloadListsParts,
  lists: readonly TrackList[],
): Promise<readonly TrackList[] | Back> {
  return prompter.pick({
    message: 'Which playlists do you want?',
    rows: lists.map((list) => ({
      value: list,
      name: list.name,
      checked: false,
      mark: songs(list.tracks.length),
    })),
  });
}

export function sayNoCsv({ prompter, config }: DownloadListsParts): void {
  prompter.say(`There's no CSV file in ${config.exportify_watch_folder}.`, 'warn');
  prompter.say("Export your playlists at exportify.net (you don't need Premium) and put the files there.");
}

export async function downloadTracksFile(parts: DownloadListsParts): Promise<void> {
  const { tracks_file: file } = parts.config;
  if (existsSync(file)) {
    await downloadFrom(parts, [file]);
    return;
  }
  parts.prompter.say(`There's no ${file}.`, 'warn');
  parts.prompter.say('It\'s a list of songs: [{"artist": "...", "track": "..."}]');
}

/** No line where the setting is empty. */
export function accountExportItems(parts: DownloadListsParts): MenuItem[] {
  const { playlists_file: file } = parts.config;
  if (file === '') return [];
  return [{ name: 'Account export', description: file, run: () => downloadAccountExport(parts, file) }];
}

async function downloadAccountExport(parts: DownloadListsParts, file: string): Promise<void> {
  if (existsSync(file)) {
    await downloadSome(parts, file);
    return;
  }
  parts.prompter.say(`There's no ${file}. Request your export at https://www.spotify.com/account/privacy`);
  await downloadPath(parts, 'Where is your account export? (the .zip or its folder)');
}

/** A file is often dropped into the terminal, which types its path. */
export async function downloadPath(
  parts: DownloadListsParts,
  message = 'File, folder or .zip:',
): Promise<void> {
  const answer = await parts.prompter.input({
    message,
    validate: (text) => {
      const path = typedPath(text, homedir());
      if (path === '') return 'Type a path, or drop the file here.';
      return existsSync(path) ? true : `There's no file or folder ${path}.`;
    },
  });
  if (answer !== back) await downloadSome(parts, typedPath(answer, homedir()));
}

/** Of several lists in it some can be chosen. */
async function downloadSome(parts: DownloadListsParts, path: string): Promise<void> {
  const lists = await readLists(parts, [resolve(path)]);
  const chosen = lists.length > 1 ? await pickLists(parts, lists) : lists;
  if (chosen === back || chosen.length === 0) return;
  await downloadLists(parts, chosen, asking);
}

export async function downloadFrom(parts: DownloadListsParts, inputs: readonly string[]): Promise<void> {
  await downloadLists(parts, await readLists(parts, inputs), asking);
}

export const asking = { accept: 'sure', askedIn: 'menu' } as const;

export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
