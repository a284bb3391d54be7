import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathsIn, renderM3u8 } from '../../../src/downloads/m3u8.ts';
import { findDuplicates, removeDuplicates, type RemovalEnd } from '../../../src/engine/duplicates.ts';
import { planUndo, undo } from '../../../src/engine/undo.ts';
import type { Store } from '../../../src/history/store.ts';
import { sha256 } from '../../../src/system/files.ts';
import { trackKeys } from '../../../src/tracks/identity.ts';
import { createTestClock } from '../../helpers/clock.ts';

const { signal } = new AbortController();

/** A library in which every song is there twice: kept as Opus in one folder, and worse as MP3 in another. */
export function createDuplicatesBench(library: string, store: Store) {
  const clock = createTestClock();
  const config = { output_dir: library, trash_days: 30, file_name_template: '{list}/{artist} - {track}' };
  const parts = { store, clock, config, log: { write: () => undefined } };
  const playlist = join(library, 'Worse', 'Worse.m3u8');

  function put(path: string, number: number): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${path} has song ${number}`);
    const { size: sizeBytes, mtimeMs, ino } = statSync(path);
    const file = { path, sizeBytes, modifiedMs: Math.round(mtimeMs), inode: String(ino), downloaded: true };
    const isrc = `ZZTST${String(1_900_000 + number)}`;
    const track = { artists: ['One'], artist: 'One', track: `Song ${number}` };
    const spotifyUri = `spotify:track:${relative(library, path)}`;
    store.files.put(
      { ...file, format: path.split('.').at(-1) ?? '' },
      [...trackKeys({ ...track, isrc }), `uri:${spotifyUri}`],
      {
        title: track.track,
        artists: ['One'],
        genres: [],
        isrcs: [isrc],
        hasCover: false,
      },
    );
  }

  return {
    playlist,
    /** Each path below the library, and what is there. Without HARMONI's own folder, and what a kill leaves for cleanup. */
    files: (): Record<string, string> =>
      Object.fromEntries(
        readdirSync(library, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.parentPath.includes('.harmoni'))
          .filter(({ name }) => !/^\.harmoni-[0-9a-f]{12}\.tmp$/.test(name))
          .map((entry) => join(entry.parentPath, entry.name))
          .toSorted()
          .map((path) => [relative(library, path), readFileSync(path, 'utf8')]),
      ),
    /** Lines of the playlist file that lead nowhere. */
    deadLines: (): readonly string[] =>
      pathsIn(readFileSync(playlist, 'utf8')).filter((path) => !existsSync(resolve(dirname(playlist), path))),
    fill(songs: number): void {
      const entries = Array.from({ length: songs }, (_, number) => {
        put(join(library, 'Better', `Song ${number}.opus`), number);
        put(join(library, 'Worse', `Song ${number}.mp3`), number);
        return { path: `Song ${number}.mp3`, artist: 'One', track: `Song ${number}`, durationMs: undefined };
      });
      const content = renderM3u8({ name: 'Worse', origin: 'file:worse' }, entries);
      writeFileSync(playlist, content);
      store.lists.add({ library, origin: 'file:worse', name: 'Worse', label: 'Worse' });
      store.lists.setPlaylist(library, 'file:worse', playlist, sha256(content));
    },
    find: () => findDuplicates(parts, [], signal),
    async removeAll(): Promise<RemovalEnd> {
      const { groups } = await findDuplicates(parts, [], signal);
      const removals = groups.flatMap(({ keep, others }) =>
        others.filter(({ keptBecause }) => keptBecause === undefined).map(({ copy }) => ({ keep, copy })),
      );
      return removeDuplicates(parts, removals, { signal, onProgress: () => undefined });
    },
    async takeBack(run: number): Promise<void> {
      await undo(parts, await planUndo(parts, run), { signal, onProgress: () => undefined });
    },
  };
}
