import type { SyncSummary } from '../history/syncs.ts';
import { playlists } from '../tracks/song-count.ts';

/** What a sync was, in a few words. Pure. */
export function summaryText(summary: SyncSummary): string {
  const { downloaded, failed, review, removed, held, failedLists, error } = summary;
  if (error !== undefined) return `failed. ${error.message}`;
  const parts = [
    downloaded > 0 && (downloaded === 1 ? '1 new song' : `${downloaded} new songs`),
    removed > 0 && `${removed} removed`,
    failed > 0 && `${failed} not downloaded`,
    review > 0 && (review === 1 ? '1 needs review' : `${review} need review`),
    held.length > 0 && `${playlists(held.length)} not synced, may have changed by mistake`,
    failedLists.length > 0 && `${playlists(failedLists.length)} couldn't be synced`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nothing new' : parts.join(', ');
}

/** "Last sync today at 03:41: 12 new songs, 1 needs review"; times are local. Pure but for the time zone. */
export function lastSyncText(summary: SyncSummary, nowMs: number): string {
  return `Last sync ${dayText(Date.parse(summary.endedAt), nowMs)}: ${summaryText(summary)}`;
}

/** "today at 03:41", "yesterday at 22:10", "Sat 28 Nov at 03:41" */
function dayText(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const time = `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
  const yesterday = new Date(nowMs);
  yesterday.setDate(yesterday.getDate() - 1);
  if (at.toDateString() === new Date(nowMs).toDateString()) return `today at ${time}`;
  if (at.toDateString() === yesterday.toDateString()) return `yesterday at ${time}`;
  return `${shortDay(at)} at ${time}`;
}

/** "Sat 28 Nov" */
export function shortDay(at: Date): string {
  return at
    .toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
    .replace(',', '');
}

/** "03" */
export const twoDigits = (value: number): string => String(value).padStart(2, '0');
