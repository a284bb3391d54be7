import type { Clock } from '../system/clock.ts';
import { emptyTrash } from '../system/trash-folder.ts';
import { trashOf } from '../system/trash.ts';
import type { Changes } from './changes.ts';
import type { ChangeStore } from './finish.ts';

const dayMs = 24 * 3_600_000;
/** Runs are remembered for so long. */
const runDays = 365;
/** Where the trash is never emptied, what playlist files said is kept as long as their run. */
const contentDays = (trashDays: number): number => (trashDays === 0 ? runDays : Math.min(trashDays, runDays));

/**
 * Ends a run, and tidies up: what is older than `trashDays` leaves the trash of its library, 0 means never. That the
 * trash can't be emptied is no failure of the run.
 */
export async function endRun(
  parts: {
    readonly changes: Changes;
    readonly store: Pick<ChangeStore, 'journal'>;
    readonly clock: Pick<Clock, 'now'>;
  },
  trashDays: number,
): Promise<void> {
  const { changes, store, clock } = parts;
  await changes.end();
  const nowMs = believedTime(store.journal, clock.now());
  if (changes.id() !== undefined) {
    const contentsMs = nowMs - contentDays(trashDays) * dayMs;
    store.journal.forget({ runsMs: nowMs - runDays * dayMs, contentsMs });
  }
  if (trashDays === 0) return;
  await emptyTrash(trashOf(changes.run.library), trashDays, nowMs).catch(() => undefined);
}

/** Runs that are looked at for an earlier time. */
const mostRuns = 50;

/**
 * What is old is so by the time of an earlier run, too, half a day before or more: a clock that is a month ahead would
 * empty the trash of yesterday. Without such a run nothing is old.
 */
function believedTime(journal: ChangeStore['journal'], nowMs: number): number {
  return journal.runs(mostRuns).find(({ startedAt }) => startedAt <= nowMs - dayMs / 2)?.startedAt ?? 0;
}
