import { factsAt } from '../system/file-facts.ts';
import { exists, publishFile } from '../system/files.ts';
import type { Clock } from '../system/clock.ts';
import { asTrashError, nameInTrash } from '../system/trash.ts';
import type { Changes } from './changes.ts';
import type { ChangeStore } from './finish.ts';
import type { IndexEntry } from './steps.ts';

export interface TrashParts {
  readonly changes: Changes;
  readonly store: Pick<ChangeStore, 'files'>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Moves a file of the run's library to the trash, as a step of the run, and takes it out of the index. A link is left
 * alone. Returns where the file lies now; undefined when there is none.
 * @throws HarmoniError output-not-writable or disk-full; what the journal throws
 */
export async function trashFile(
  { changes, store, clock }: TrashParts,
  path: string,
): Promise<string | undefined> {
  if ((await factsAt(path)) === undefined) return undefined;
  const place = { library: changes.run.library, nowMs: clock.now() };
  const entry = entryOf(store, path);
  for (let attempt = 1; ; attempt += 1) {
    const kept = nameInTrash(path, place, attempt);
    if (await exists(kept)) continue;
    const isMoved = await changes.make({ kind: 'trash', path, kept, entry }, async () =>
      publishFile(path, kept).catch((error: unknown) => {
        throw asTrashError(error, kept);
      }),
    );
    if (isMoved) return kept;
    if ((await factsAt(path)) === undefined) return undefined;
  }
}

/** What the index knows of a file, for the day when it comes back. */
export function entryOf({ files }: Pick<ChangeStore, 'files'>, path: string): IndexEntry | undefined {
  const file = files.get(path);
  return file === undefined ? undefined : { file, keys: files.keysOf(path), facts: files.factsOf(path) };
}
