import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Changes } from '../../src/history/changes.ts';
import type { Store } from '../../src/history/store.ts';
import { moveInLibrary } from '../../src/history/move-in-library.ts';
import { retagFile } from '../../src/history/retag-file.ts';
import { entryOf, trashFile } from '../../src/history/trash-file.ts';
import { writePlaylistFile } from '../../src/history/write-playlist.ts';
import { mustLookAt } from '../../src/system/file-facts.ts';
import { publishFile, replaceFile } from '../../src/system/files.ts';
import { keepInTrash } from '../../src/system/trash.ts';
import { createTestClock } from '../helpers/clock.ts';

/** Makes changes to a library as a job does, without a download. */
export function createChanger(store: Store, library: string, changes: Changes) {
  const clock = createTestClock({ startMs: Date.UTC(2026, 10, 21) });
  let number = 0;
  const work = (text: string): string => {
    number += 1;
    const path = join(library, '.harmoni', 'work', String(number));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const at = (path: string): string => join(library, path);
  const index = async (path: string): Promise<void> => {
    const { sizeBytes, modifiedMs } = await mustLookAt(path);
    store.files.put({ path, sizeBytes, modifiedMs, downloaded: true }, [`isrc:${path}`]);
  };
  return {
    publish: async (path: string, text: string): Promise<void> => {
      const from = work(text);
      const step = { kind: 'publish', path: at(path), after: await mustLookAt(from) } as const;
      await changes.make(step, () => publishFile(from, at(path)));
      await index(at(path));
    },
    replace: async (path: string, text: string): Promise<void> => {
      const from = work(text);
      const kept = await keepInTrash(at(path), { library, nowMs: clock.now() });
      const entry = entryOf(store, at(path));
      const step = { kind: 'replace', path: at(path), kept, after: await mustLookAt(from), entry } as const;
      await changes.make(step, async () => {
        await replaceFile(from, at(path));
        return true;
      });
      await index(at(path));
    },
    move: (from: string, path: string) =>
      moveInLibrary(changes, at(from), at(path), path.endsWith('.m3u8') ? 'playlist' : 'other'),
    /** Gives a file other tags, at all of its names. */
    retag: async (
      names: readonly [string, ...string[]],
      text: string,
      { isSmall = true, meanwhile = (): void => undefined } = {},
    ): Promise<boolean> => {
      const [first, ...others] = names;
      const before = await mustLookAt(at(first));
      meanwhile();
      const retagged = { names: [at(first), ...others.map(at)], before, work: work(text), isSmall } as const;
      return retagFile({ changes, store, clock }, retagged, (path, { sizeBytes, modifiedMs }) => {
        store.files.put({ path, sizeBytes, modifiedMs, downloaded: true }, [`isrc:${path}`, `says:${text}`]);
      });
    },
    trash: (path: string) => trashFile({ changes, store, clock }, at(path)),
    playlist: async (path: string, text: string): Promise<void> => {
      let before: Buffer | undefined;
      try {
        before = readFileSync(at(path));
      } catch {
        // It is new.
      }
      await writePlaylistFile({ changes }, at(path), { before, next: text }, () => undefined);
    },
  };
}

export type Changer = ReturnType<typeof createChanger>;
