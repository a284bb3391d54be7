import type { Clock } from '../system/clock.ts';
import { emptyTrash } from '../system/trash-folder.ts';
import { trashOf } from '../system/trash.ts';
import type { Changes } from './changes.ts';
import type { ChangeStore } from './finish.ts';
import { trustedTime } from './trusted-time.ts';

const dayMs = 24 * 3_600_000;
/** Runs are remembered for so long. */
const runDays = 365;
/** Where the trash is never emptied, what playlist files said is kept as long as their run. */
const contentDays = (trashDays: number): number => (trashDays === 0 ? runDays : Math.min(trashDays, runDays));

/**
 * Ends a run, and tidies up: what is older than `trashDays` leaves the trash of its library, 0 means never. That the
 * trash can't be emptied is no failure of the run. A clock that jumped ahead empties nothing.
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
  const nowMs = trustedTime(daysSeen(store.journal), clock.now());
  if (changes.id() !== undefined) {
    const contentsMs = nowMs - contentDays(trashDays) * dayMs;
    store.journal.forget({ runsMs: nowMs - runDays * dayMs, contentsMs });
  }
  if (trashDays === 0) return;
  await emptyTrash(trashOf(changes.run.library), trashDays, nowMs).catch(() => undefined);
}

/** A store that can't be written makes nothing old. */
function daysSeen(journal: ChangeStore['journal']): readonly number[] {
  try {
    return journal.seeToday();
  } catch {
    return [];
  }
}
