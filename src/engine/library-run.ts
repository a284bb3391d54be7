import { toHarmoniError, type HarmoniError } from '../errors.ts';
import { createChanges, type Changes } from '../history/changes.ts';
import { endRun } from '../history/end-run.ts';
import type { ChangeStore } from '../history/finish.ts';
import type { NewRun } from '../history/runs.ts';
import type { Turns } from '../history/turns.ts';
import type { Clock } from '../system/clock.ts';
import { takeTurn } from './take-turn.ts';

export interface RunParts {
  readonly store: ChangeStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly config: { readonly trash_days: number };
}

export interface LibraryRunEnd {
  /** The run, which can be undone; undefined when nothing was changed. */
  readonly id: number | undefined;
  /** Why it ended early: the first failure. */
  readonly stoppedBy: HarmoniError | undefined;
}

/**
 * What is changed in a library as one run of the history. It's ended in any case, and never throws.
 * @param keep is for failures after which something is left to do
 */
export async function asRun(
  { store, clock, config }: RunParts,
  run: NewRun,
  work: (changes: Changes, keep: (error: unknown) => void) => Promise<void>,
): Promise<LibraryRunEnd> {
  const changes = createChanges(store, run);
  let stoppedBy: HarmoniError | undefined;
  const keep = (error: unknown): void => void (stoppedBy ??= toHarmoniError(error));
  await work(changes, keep).catch(keep);
  await endRun({ store, clock, changes }, config.trash_days).catch(keep);
  return { id: changes.id(), stoppedBy };
}

/**
 * A run that no other one may come between (history/turns.ts).
 * @throws HarmoniError sync-running, library-busy, when another HARMONI is at it
 */
export async function changeLibrary(
  parts: RunParts & { readonly store: { readonly turns: Turns } },
  run: NewRun,
  work: Parameters<typeof asRun>[2],
  turn: 'change' | 'enrich' = 'change',
): Promise<LibraryRunEnd> {
  const { turns } = parts.store;
  takeTurn(turns, turn, parts.clock.now());
  try {
    return await asRun(parts, run, work);
  } finally {
    turns.release(turn);
  }
}
