import type { Database } from '../system/database.ts';

/** When HARMONI put files into a library. */
export interface AddedTimes {
  /** By the path where each is now: one that was moved is as old as it was. */
  addedIn(library: string): ReadonlyMap<string, number>;
}

export function createAddedTimes(database: Database): AddedTimes {
  const changes = database.prepare(
    `SELECT steps.kind, path, moved_from, planned_at FROM steps JOIN runs ON runs.id = run_id
     WHERE library = ? AND steps.kind IN ('publish', 'link', 'move') AND state = 'done' ORDER BY steps.id`,
  );
  return {
    addedIn(library) {
      const times = new Map<string, number>();
      for (const { kind, path, moved_from: from, planned_at: at } of changes.all(library)) {
        const to = String(path);
        const before = kind === 'move' ? times.get(String(from)) : (times.get(to) ?? Number(at));
        if (kind === 'move') times.delete(String(from));
        if (before !== undefined) times.set(to, before);
      }
      return times;
    },
  };
}
