import { readFileSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Report } from './check.ts';

/** Whether each playlist file names the songs of its list, in order, by paths that a player can open. */
export function checkPlaylists(told: Report, faults: string[]): void {
  for (const list of told.lists) {
    const file = list.playlistFile;
    if (file === undefined) {
      faults.push(`"${list.name}" has no playlist file`);
      continue;
    }
    try {
      const entries = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        // As the system does it: a ".." behind a link leads to where the link points.
        .map((line) => realpathSync(`${dirname(file)}/${line}`));
      const songs = list.tracks.flatMap(({ path }) => (path === undefined ? [] : [realpathSync(path)]));
      if (entries.join('\n') !== songs.join('\n'))
        faults.push(`the playlist file names ${entries.length} songs, or others, instead of ${songs.length}`);
    } catch (error) {
      faults.push(`the playlist file ${file} does not lead to its songs: ${String(error)}`);
    }
  }
}
