import type { Clock } from '../system/clock.ts';
import { daysIn, daysToEmpty, emptyTrash, listTrash } from '../system/trash-folder.ts';
import { trashOf, wayInTrash } from '../system/trash.ts';
import type { Changes } from './changes.ts';
import type { ChangeStore } from './finish.ts';
import { trustedTime } from './trusted-time.ts';

const dayMs = 24 * 3_600_000;
/** Runs are remembered for so long, and until what they put into the trash has left it. */
const leastRunDays = 365;
const runDays = (trashDays: number): number => Math.max(leastRunDays, trashDays + 2);
/** Where the trash is never emptied, what playlist files said is kept as long as their run. */
const contentDays = (trashDays: number): number => (trashDays === 0 ? leastRunDays : trashDays + 2);

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
  // What is forgotten is nobody's: the trash comes first.
  if (trashDays !== 0) {
    await emptyOfOld(store, trashOf(changes.run.library), { trashDays, nowMs }).catch(() => undefined);
  }
  if (changes.id() === undefined) return;
  const contentsMs = nowMs - contentDays(trashDays) * dayMs;
  store.journal.forget({ runsMs: nowMs - runDays(trashDays) * dayMs, contentsMs });
}

/** Only of what the history put there. */
async function emptyOfOld(
  { journal }: Pick<ChangeStore, 'journal'>,
  trash: string,
  { trashDays, nowMs }: { readonly trashDays: number; readonly nowMs: number },
): Promise<void> {
  const days = daysToEmpty(await daysIn(trash), trashDays, nowMs);
  if (days.length === 0) return;
  const ours = journal.keptWays();
  const files = await listTrash(trash, days);
  await emptyTrash(
    trash,
    files.filter(({ path }) => ours.has(wayInTrash(path))),
  );
}

/** A store that can't be written makes nothing old. */
function daysSeen(journal: ChangeStore['journal']): readonly number[] {
  try {
    return journal.seeToday();
  } catch {
    return [];
  }
}
