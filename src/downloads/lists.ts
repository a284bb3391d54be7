import { dirname, join, relative, sep } from 'node:path';
import { writeFileAtomic } from '../system/files.ts';
import type { JobList } from '../history/jobs.ts';
import { trackKeys } from '../tracks/identity.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import { isBelow } from './already-there.ts';
import { safeName } from './file-names.ts';
import { renderM3u8, type PlaylistEntry } from './m3u8.ts';
import type { Session } from './session.ts';
import type { JobSettings } from './settings.ts';

/**
 * The folder of each list: the library itself for single songs and where the template names the list, else a folder
 * of the list's name; two lists of one name in a job share none.
 */
export function listFoldersOf(lists: readonly JobList[], settings: JobSettings): string[] {
  const taken = new Set<string>();
  return lists.map(({ name, folder }) => {
    if (folder === 'library' || settings.fileNameTemplate.includes('{list}')) return settings.outputDir;
    let own = safeName(name);
    for (let number = 2; taken.has(own.toLowerCase()); number += 1)
      own = `${safeName(name, 230)} (${number})`;
    taken.add(own.toLowerCase());
    return join(settings.outputDir, own);
  });
}

/**
 * Writes the m3u8 of every list that has a folder, in the list's order, with all of its tracks that are in the library
 * (chosen this time or not). Returns the paths by list.
 */
export async function writePlaylists(
  session: Session,
  outcomes: ReadonlyMap<number, TrackOutcome>,
): Promise<ReadonlyMap<number, string>> {
  const written = new Map<number, string>();
  for (const [number, list] of session.job.lists.entries()) {
    if (list.folder !== 'own') continue;
    const folder = session.listFolders[number] ?? session.settings.outputDir;
    const file = join(folder, `${safeName(list.name, 230)}.m3u8`);
    const entries = session.job.tracks
      .filter((row) => row.list === number)
      .flatMap((row): PlaylistEntry[] => {
        const path = outcomes.get(row.position)?.path ?? pathInLibrary(session, trackKeys(row.track), folder);
        if (path === undefined) return [];
        const { artist, track, durationMs } = row.track;
        return [{ path: relative(dirname(file), path).split(sep).join('/'), durationMs, artist, track }];
      });
    if (entries.length === 0) continue;
    try {
      await writeFileAtomic(file, renderM3u8(list.name, entries));
      written.set(number, file);
    } catch (error) {
      session.deps.log.write('warn', 'A playlist file could not be written.', { file, error: String(error) });
    }
  }
  return written;
}

function pathInLibrary(session: Session, keys: readonly string[], folder: string): string | undefined {
  const paths = session.deps.store.files.find(keys).map((file) => file.path);
  return (
    paths.find((path) => isBelow(path, folder)) ??
    paths.find((path) => isBelow(path, session.settings.outputDir))
  );
}
