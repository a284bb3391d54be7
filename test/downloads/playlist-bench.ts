import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { placeLists } from '../../src/downloads/list-places.ts';
import { writePlaylists } from '../../src/downloads/lists.ts';
import { createChanges } from '../../src/history/changes.ts';
import type { IndexedFile } from '../../src/history/file-index.ts';
import { trashOf } from '../../src/system/trash.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import type { TrackOutcome } from '../../src/tracks/outcome.ts';
import type { Track, TrackList } from '../../src/tracks/track.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';

/** A library and a store, where playlist files are written without any download. */
export function createPlaylistBench() {
  const root = tempFolder();
  const library = join(root, 'music');
  const store = openTestStore(join(root, 'data'));
  const at = (path: string): string => join(library, path);

  return {
    store,
    library,
    at,
    put: (path: string, content: string): void => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
    },
    read: (path: string): string => readFileSync(at(path), 'utf8'),
    /** Notes a song of the library in the index. */
    own: (path: string, track: Track, more: Partial<IndexedFile> = {}): void => {
      const file = { path: at(path), sizeBytes: 1, modifiedMs: 1, downloaded: true, format: 'mp3', ...more };
      store.files.put(file, trackKeys(track));
    },
    /**
     * Writes the playlist files of a job with these lists.
     * @param paths of the songs that the job has just had, by title
     * @returns them by list, below the library
     */
    write: async (
      template: string,
      lists: readonly TrackList[],
      paths: Readonly<Record<string, string>> = {},
    ): Promise<readonly (string | undefined)[]> => {
      const chosen = lists.map((list) => ({ list, chosen: list.tracks.map(() => true) }));
      const job = store.jobs.create(chosen, {});
      const settings = { outputDir: library, fileNameTemplate: template };
      const outcomes = new Map(
        job.tracks.flatMap(({ position, track: { artist, track } }): [number, TrackOutcome][] => {
          const path = paths[track];
          return path === undefined ? [] : [[position, { artist, track, status: 'done', path: at(path) }]];
        }),
      );
      const written = await writePlaylists(
        {
          job,
          settings,
          places: await placeLists(job.lists, settings, store.lists),
          store,
          clock: createTestClock({ startMs: Date.UTC(2026, 10, 21) }),
          log: { write: () => undefined },
          changes: createChanges(store, { kind: 'download', title: 'Test', library }),
        },
        outcomes,
      );
      return lists.map((_list, number) => written.get(number)?.slice(library.length + 1));
    },
    trashed: (path: string): string => readFileSync(join(trashOf(library), '2026-11-21', path), 'utf8'),
  };
}

/** The paths that a playlist file names. */
export function entriesIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
