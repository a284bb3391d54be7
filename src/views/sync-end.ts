import type { Removal } from '../automation/remove-left.ts';
import { isUnchanged } from '../automation/sync-plan.ts';
import type { Config } from '../config/schema.ts';
import { endSync, type SyncedList } from '../engine/sync.ts';
import { hasNews } from '../engine/sync-summary.ts';
import { errorInJson, exitCodeOf, toHarmoniError, type HarmoniError } from '../errors.ts';
import type { Store } from '../history/store.ts';
import type { SyncSummary } from '../history/syncs.ts';
import { notify, notifyEnd, type NotifyParts } from './notify.ts';
import { summaryText } from './summary-text.ts';

export type SyncEndParts = NotifyParts & {
  readonly store: Pick<Store, 'syncs' | 'followed'>;
  readonly config: Pick<Config, 'output_dir'>;
};

/**
 * Keeps the summary of a sync, and tells it to somebody who isn't there: that a long one has ended, or what came of one
 * that began on its own.
 * @param read the ids of the lists that were read
 */
export async function keepSummary(
  parts: SyncEndParts,
  summary: SyncSummary,
  read: ReadonlySet<number>,
): Promise<void> {
  const { store, config } = parts;
  const before = store.syncs.last(config.output_dir);
  const followed = store.followed.all(config.output_dir);
  const isWhole = summary.error === undefined && followed.every(({ id }) => read.has(id));
  store.syncs.add(config.output_dir, summary, isWhole);
  const news = { event: 'sync', text: `Sync: ${summaryText(summary)}`, summary } as const;
  const seconds = (Date.parse(summary.endedAt) - Date.parse(summary.startedAt)) / 1000;
  if (summary.trigger === 'manual') await notifyEnd(parts, news, seconds);
  else if (hasNews(summary, before)) await notify(parts, news);
}

export type Removals = ReadonlyMap<number, readonly Removal[]>;

/** As `endSync`, but what it throws is told with what was downloaded before. */
export async function endOrFault(
  ...given: Parameters<typeof endSync>
): Promise<{ readonly removals: Removals; readonly fault: HarmoniError | undefined }> {
  try {
    return { removals: await endSync(...given), fault: undefined };
  } catch (thrown) {
    return { removals: new Map(), fault: toHarmoniError(thrown) };
  }
}

/** Why a sync ended early after its downloads, for --json: as an error that is all there is to tell. Pure. */
export function errorDocument(error: HarmoniError | undefined): object {
  return error === undefined ? {} : { error: errorInJson(error) };
}

/** A list that a sync changes, or can't. */
export function isNews(one: SyncedList): boolean {
  return one.kind === 'failed' || one.plan.held !== undefined || !isUnchanged(one.plan);
}

/** 0 where every list was read and nothing was held back; else 1, or 4 where a sign-in is needed. Pure. */
export function exitCodeOfLists(lists: readonly SyncedList[]): number {
  const codes = lists.map((one) => {
    if (one.kind === 'failed') return exitCodeOf(one.error.code) === 4 ? 4 : 1;
    return one.plan.held === undefined ? 0 : 1;
  });
  return Math.max(0, ...codes);
}
