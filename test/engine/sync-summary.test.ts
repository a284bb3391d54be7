import { expect, test } from 'vitest';
import { emptyReport } from '../../src/downloads/report.ts';
import type { SyncedList } from '../../src/engine/sync.ts';
import { hasNews, summaryOfSync } from '../../src/engine/sync-summary.ts';
import { HarmoniError } from '../../src/errors.ts';
import type { SyncSummary } from '../../src/history/syncs.ts';
import { lastSyncText, summaryText } from '../../src/views/summary-text.ts';
import { songOf } from '../helpers/house.ts';

const summaryOf = (more: Partial<SyncSummary> = {}): SyncSummary => ({
  trigger: 'schedule',
  startedAt: '2026-11-21T02:30:00.000Z',
  endedAt: '2026-11-21T02:41:00.000Z',
  lists: 4,
  downloaded: 0,
  failed: 0,
  review: 0,
  removed: 0,
  trashed: 0,
  held: [],
  failedLists: [],
  ...more,
});
const broken = { name: 'Mix', code: 'source-broken', message: 'It is.', fix: 'Export it again.' };
const error = { code: 'network-unreachable', message: "Spotify can't be reached.", fix: 'Check.' };

test.each<[string, Partial<SyncSummary>, Partial<SyncSummary> | undefined, boolean]>([
  ['nothing', {}, undefined, false],
  ['songs that wait for review', { review: 3 }, undefined, false],
  ['new songs', { downloaded: 1 }, { downloaded: 1 }, true],
  ['songs that left', { removed: 1 }, undefined, true],
  ['a song that failed', { failed: 1 }, {}, true],
  ['the same failures again', { failed: 1, held: ['A'] }, { failed: 1, held: ['A'] }, false],
  ['another list that is held', { held: ['A', 'B'] }, { held: ['A'] }, true],
  ['a list that could not be read', { failedLists: [broken] }, undefined, true],
  ['the same one again', { failedLists: [broken] }, { failedLists: [broken] }, false],
  ['an early end', { error }, {}, true],
  ['the same early end again', { error }, { error }, false],
  ['a trouble that has gone', {}, { error }, false],
])('%s: news or not', (_what, now, before, isNews) => {
  expect(hasNews(summaryOf(now), before === undefined ? undefined : summaryOf(before))).toBe(isNews);
});

test.each<[Partial<SyncSummary>, string]>([
  [{}, 'nothing new'],
  [{ downloaded: 12, review: 1 }, '12 new songs, 1 needs review'],
  [
    { downloaded: 1, removed: 2, failed: 3, review: 4 },
    '1 new song, 2 removed, 3 not downloaded, 4 need review',
  ],
  [
    { held: ['A'], failedLists: [broken, broken] },
    "1 playlist not synced, may have changed by mistake, 2 playlists couldn't be synced",
  ],
  [{ error }, "failed. Spotify can't be reached."],
])('%j is told as "%s"', (summary, text) => {
  expect(summaryText(summaryOf(summary))).toBe(text);
});

test('the last sync is told with its day', () => {
  const at = (day: number, hour: number): number => new Date(2026, 10, day, hour, 41).getTime();
  const last = summaryOf({ endedAt: new Date(at(20, 3)).toISOString(), downloaded: 1 });
  const told = (nowMs: number): string => lastSyncText(last, nowMs);
  expect(told(at(20, 9))).toBe('Last sync today at 03:41: 1 new song');
  expect(told(at(21, 0))).toBe('Last sync yesterday at 03:41: 1 new song');
  expect(told(at(25, 0))).toBe('Last sync Fri 20 Nov at 03:41: 1 new song');
});

test('songs that left are counted once: not while their files wait for another list, nor before an early end', () => {
  const followed = {
    ...{ id: 1, library: '/music', origin: 'a', name: 'A', input: 'a', snapshot: undefined },
    ...{ followedAt: 0, syncedAt: 0 },
  };
  const list = { name: 'A', origin: 'a', tracks: [], skipped: [], folder: 'own' as const };
  const rest = { list, rows: [], moved: 0, isRenamed: false, isStale: false, held: undefined };
  const lost = (whenRemoved: 'keep' | 'trash'): SyncedList => {
    const plan = { ...rest, followed: { ...followed, whenRemoved }, left: [songOf('A', 'One')] };
    return { kind: 'planned', followed: plan.followed, plan, isAsBefore: false };
  };
  const stop = new HarmoniError('network-unreachable', 'It is.');
  const failed: SyncedList = { kind: 'failed', followed: { ...followed, whenRemoved: 'keep' }, error: stop };
  const removed = (lists: readonly SyncedList[], ended?: HarmoniError): number =>
    summaryOfSync({
      ...{ trigger: 'schedule', startedMs: 0, endedMs: 0, lists, report: emptyReport, removals: [] },
      error: ended,
    }).removed;
  expect(removed([lost('keep'), lost('trash')])).toBe(2);
  expect(removed([lost('keep'), lost('trash'), failed])).toBe(1);
  expect(removed([lost('keep'), lost('trash')], stop)).toBe(0);
});
