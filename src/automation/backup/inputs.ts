import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { isListName } from '../../sources/file-formats.ts';
import { listNames } from '../../system/files.ts';
import { readColumn } from '../../system/database-copy.ts';

/** The settings that name what the user gave. */
export type InputSettings = Pick<
  Config,
  'tracks_file' | 'playlists_file' | 'exportify_watch_folder' | 'pending_lists'
>;

/** What the data folder has, where config.json can't be read. */
export function usualInputs(dataDir: string): InputSettings {
  return {
    tracks_file: join(dataDir, 'tracks.json'),
    playlists_file: join(dataDir, 'playlists.json'),
    exportify_watch_folder: join(dataDir, 'exportify'),
    pending_lists: [],
  };
}

/** All that may be an input: the paths in the settings, and what followed lists are read from; absolute. */
export function inputPlaces(settings: InputSettings, store: string): readonly string[] {
  const { tracks_file: tracks, playlists_file: playlists, exportify_watch_folder: folder } = settings;
  const followed = readColumn(store, 'SELECT input FROM followed ORDER BY id');
  const named = [tracks, playlists, folder, ...settings.pending_lists, ...followed];
  return [...new Set(named.filter((path) => isAbsolute(path)))];
}

/** The files at these places: those named, and the lists in the folders named. */
export async function inputFiles(places: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const place of places) {
    const found = await stat(place).catch(() => undefined);
    if (found?.isFile() === true) files.add(place);
    if (found?.isDirectory() !== true) continue;
    for (const name of (await listNames(place)).filter(isListName).toSorted()) {
      const inside = await stat(join(place, name)).catch(() => undefined);
      if (inside?.isFile() === true) files.add(join(place, name));
    }
  }
  return [...files];
}
