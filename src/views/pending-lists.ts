import type { Config } from '../config/schema.ts';

export type PendingSettings = Pick<Config, 'pending_lists' | 'exportify_watch_folder'>;

/** What "all pending" reads. */
export function pendingInputs({ pending_lists: lists, exportify_watch_folder: folder }: PendingSettings) {
  return lists.length === 0 ? [folder] : lists;
}
