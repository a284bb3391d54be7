import { isSameContent } from '../../system/move-file.ts';
import type { LibrarySong } from '../songs.ts';

/** A place of a song in a further list. */
export interface Further {
  readonly song: LibrarySong;
  /** Absolute, if no other song wants the name. */
  readonly place: string;
  readonly label: string;
}

/**
 * Which of these places have their link or copy already, though the list's playlist file names another file of the song:
 * a run was killed in between.
 * @param all every song of the library
 */
export async function findPlaced(
  further: readonly Further[],
  all: readonly LibrarySong[],
  labelsOf: (path: string) => readonly string[],
): Promise<readonly Further[]> {
  const placed: Further[] = [];
  if (further.length === 0) return placed;
  const known = new Map(all.map(({ file }) => [file.path, file]));
  for (const { song, place, label } of further) {
    const there = known.get(place);
    const isCandidate =
      there?.downloaded === true &&
      there.sizeBytes === song.file.sizeBytes &&
      place !== song.file.path &&
      labelsOf(place).length === 0;
    if (isCandidate && (await isSameContent(place, song.file.path).catch(() => false)))
      placed.push({ song, place, label });
  }
  return placed;
}
