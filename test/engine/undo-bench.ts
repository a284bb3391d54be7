import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { planLastUndo, planUndo, undo, type UndoEnd } from '../../src/engine/undo.ts';
import { createChanges, type Changes } from '../../src/history/changes.ts';
import type { RunKind } from '../../src/history/runs.ts';
import type { Store } from '../../src/history/store.ts';
import { entryOf, trashFile } from '../../src/history/trash-file.ts';
import { writePlaylistFile } from '../../src/history/write-playlist.ts';
import { mustLookAt } from '../../src/system/file-facts.ts';
import { publishFile, replaceFile } from '../../src/system/files.ts';
import { keepInTrash } from '../../src/system/trash.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';

const config = { trash_days: 30 };
const { signal } = new AbortController();
const nothing = (): void => undefined;

/** Makes changes to a library as a job does, without a download. */
function changer(store: Store, library: string, changes: Changes) {
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
    trash: (path: string) => trashFile({ changes, store, clock }, at(path)),
    playlist: async (path: string, text: string): Promise<void> => {
      let before: Buffer | undefined;
      try {
        before = readFileSync(at(path));
      } catch {
        // It is new.
      }
      await writePlaylistFile({ changes }, at(path), { before, next: text }, nothing);
    },
  };
}

export type Changer = ReturnType<typeof changer>;

/** A library with its history, where runs are made and taken back. */
export function createUndoBench(
  place: { readonly library?: string; readonly data?: string; readonly store?: Store } = {},
) {
  const { library = tempFolder(), data = tempFolder() } = place;
  const store = place.store ?? openTestStore(data);
  const clock = createTestClock({ startMs: Date.UTC(2026, 10, 22) });
  const parts = { store, clock, config };
  return {
    library,
    data,
    store,
    clock,
    at: (path: string): string => join(library, path),
    /** Makes a run. Returns its number. */
    run: async (make: (change: Changer) => Promise<unknown>, kind: RunKind = 'download'): Promise<number> => {
      const changes = createChanges(store, { kind, title: 'Mix', library });
      await make(changer(store, library, changes));
      await changes.end();
      return changes.id() ?? 0;
    },
    plan: (run: number) => planUndo(parts, run),
    planLast: () => planLastUndo(parts, library),
    undo: async (run: number, stop: AbortSignal = signal): Promise<UndoEnd> =>
      undo(parts, await planUndo(parts, run), { signal: stop, onProgress: nothing }),
    /** Everything in the library but what HARMONI hides there, with what it says. */
    files: (): Record<string, string> => contentsOf(library),
    /** What is in the trash, by what it says. */
    trashed: (): string[] => Object.values(contentsOf(join(library, '.harmoni', 'trash'))).toSorted(),
    indexed: (): string[] =>
      store.files
        .filesBelow(library)
        .map(({ path }) => path.slice(library.length + 1))
        .toSorted(),
  };
}

export type UndoBench = ReturnType<typeof createUndoBench>;

function contentsOf(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (folder: string, way: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (entry.name === '.harmoni') continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path, `${way}${entry.name}/`);
      else found[`${way}${entry.name}`] = readFileSync(path, 'utf8');
    }
  };
  try {
    visit(root, '');
  } catch {
    // Nothing there.
  }
  return found;
}
