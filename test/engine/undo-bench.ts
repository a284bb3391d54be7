import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planLastUndo, planUndo, undo, type UndoEnd } from '../../src/engine/undo.ts';
import { createChanges } from '../../src/history/changes.ts';
import type { RunKind } from '../../src/history/runs.ts';
import type { Store } from '../../src/history/store.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { openTestStore } from '../history/set-up.ts';
import { createChanger, type Changer } from './changer.ts';

const config = { trash_days: 30, file_name_template: '{list}/{artist} - {track}' };
const log = { write: () => undefined };
const { signal } = new AbortController();
const nothing = (): void => undefined;

/** A library with its history, where runs are made and taken back. */
export function createUndoBench(
  place: { readonly library?: string; readonly data?: string; readonly store?: Store } = {},
) {
  const { library = tempFolder(), data = tempFolder() } = place;
  const store = place.store ?? openTestStore(data);
  const clock = createTestClock({ startMs: Date.UTC(2026, 10, 22) });
  const parts = { store, clock, config, log };
  return {
    library,
    data,
    store,
    clock,
    at: (path: string): string => join(library, path),
    /** Makes a run. Returns its number. */
    run: async (make: (change: Changer) => Promise<unknown>, kind: RunKind = 'download'): Promise<number> => {
      const changes = createChanges(store, { kind, title: 'Mix', library });
      await make(createChanger(store, library, changes));
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
      // With what a killed HARMONI was about to rename.
      if (entry.name.startsWith('.harmoni')) continue;
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
