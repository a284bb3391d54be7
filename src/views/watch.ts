import { openSync, closeSync } from 'node:fs';
import { createHeart } from '../automation/heartbeat.ts';
import { keepWatch, type SyncedHow } from '../automation/watch.ts';
import { createWatchedFiles } from '../automation/watched-files.ts';
import type { Schedule } from '../config/schedule.ts';
import type { Config } from '../config/schema.ts';
import { toHarmoniError, type HarmoniError } from '../errors.ts';
import type { SyncTrigger } from '../history/syncs.ts';
import type { Clock } from '../system/clock.ts';
import { endWithin } from '../system/end-for-sure.ts';
import { logFault } from '../system/log-fault.ts';
import { onHangup } from '../system/work-signal.ts';
import { playlists } from '../tracks/song-count.ts';
import { durationText } from '../ui/progress-text.ts';
import { nextRunText, scheduleOf } from './schedule-text.ts';
import { lastSyncText, summaryText } from './summary-text.ts';
import { syncLists, type SyncParts } from './sync.ts';
import { createWatchLog, type WatchLog } from './watch-log.ts';

export type WatchParts = SyncParts & {
  readonly clock: Clock;
  readonly config: Pick<Config, 'sync_schedule' | 'exportify_watch_folder'>;
  readonly holdConfig: () => void;
  readonly paths: { readonly data: string };
};

export interface WatchOptions {
  /** Make up for a run that was missed. */
  readonly catchUp: boolean;
  readonly random: () => number;
}

/** Services are killed after ten seconds. */
const endWithinMs = 9_000;
const beatWhileSyncingMs = 60_000;

/**
 * Syncs followed lists by the schedule and when their files change, until it's told to end. It asks nothing, and no failure
 * of a sync ends it. Returns the exit code.
 */
export async function watchLists(parts: WatchParts, options: WatchOptions): Promise<number> {
  const { store, clock } = parts;
  const work = parts.beginWork();
  const watchLog = createWatchLog(parts);
  parts.holdConfig();
  const heart = createHeart(parts.paths.data, clock);
  const reload = createReload(parts, watchLog);
  const giveBack = onHangup(() => reload.ask());
  const hurry = (): void => void endWithin(endWithinMs, 0);
  work.signal.addEventListener('abort', hurry, { once: true });
  await heart.beat();
  tellStart(parts, watchLog);
  let fault: string | undefined;
  const lastMs = options.catchUp ? (store.syncs.lastWholeMs(parts.config.output_dir) ?? 0) : clock.now();
  try {
    await keepWatch(
      {
        clock,
        random: options.random,
        schedule: createScheduleReader(parts),
        files: createWatchedFiles({
          clock,
          followed: () => store.followed.all(parts.config.output_dir),
          folder: () => parts.config.exportify_watch_folder,
          onNew: (path) =>
            watchLog.say(`There's a new playlist file. To keep it in sync: harmoni follow "${path}"`),
        }),
        sync: createSync(parts, watchLog, () => heart.beat(), work.signal),
        async onLook(nextMs) {
          reload.doIt();
          await heart.beat();
          watchLog.showIdle(idleView(parts, nextMs));
          fault = undefined;
        },
        onFault(thrown) {
          const text = sentenceOf(toHarmoniError(thrown));
          if (text !== fault) watchLog.say(text, 'fail');
          fault = text;
        },
      },
      lastMs,
      work.signal,
    );
  } finally {
    giveBack();
    watchLog.end();
    await heart.stop();
    work.done();
  }
  watchLog.say('Stopped watching.');
  return 0;
}

function tellStart({ store, config, clock }: WatchParts, { say }: Pick<WatchLog, 'say'>): void {
  const many = store.followed.all(config.output_dir).length;
  const schedule = scheduleOf(config);
  const next =
    schedule === undefined
      ? 'No schedule is set, so only changes to playlist files are synced. To set one: harmoni config set sync_schedule "daily at 03:30"'
      : `Next sync ${nextRunText(schedule.next(clock.now()), clock.now())}.`;
  if (many > 0) say(`Watching ${playlists(many)}. ${next}`);
  else say(`You follow no playlists yet. Follow one with harmoni follow LINK. ${next}`);
}

function idleView({ store, config, clock }: WatchParts, nextMs: number | undefined) {
  const nowMs = clock.now();
  const last = store.syncs.last(config.output_dir);
  const title = `Watching ${playlists(store.followed.all(config.output_dir).length)}`;
  return {
    title: nextMs === undefined ? title : `${title}. Next sync ${nextRunText(nextMs, nowMs)}`,
    ...(last === undefined ? {} : { queue: lastSyncText(last, nowMs) }),
  };
}

/** Reads the schedule anew when it's another. */
function createScheduleReader(parts: WatchParts): () => Schedule | undefined {
  let known: { readonly words: string; readonly schedule: Schedule | undefined } | undefined;
  return () => {
    const words = parts.config.sync_schedule;
    if (known?.words !== words) known = { words, schedule: scheduleOf(parts.config) };
    return known.schedule;
  };
}

/** config.json is read again when no sync is running: half of one with other settings would be neither. */
function createReload(parts: WatchParts, { say }: WatchLog): { ask(): boolean; doIt(): void } {
  let isAsked = false;
  return {
    ask() {
      isAsked = parts.progress.isLive ? hasTerminal() : true;
      return isAsked;
    },
    doIt() {
      if (!isAsked) return;
      isAsked = false;
      try {
        parts.holdConfig();
        say('Read config.json again.', 'ok');
        tellStart(parts, { say });
      } catch (thrown) {
        say(`The settings stay as they were. ${sentenceOf(toHarmoniError(thrown))}`, 'fail');
      }
    },
  };
}

/** SIGHUP is also what a terminal sends that is closed. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}

const why: Readonly<Record<SyncTrigger, string>> = {
  manual: 'you asked for it',
  schedule: 'scheduled',
  'catch-up': 'catching up',
  file: 'its file changed',
};
const whyMany = { ...why, file: 'their files changed' };

function createSync(
  parts: WatchParts,
  watchLog: WatchLog,
  beat: () => Promise<void>,
  signal: AbortSignal,
): (trigger: SyncTrigger, ids: readonly number[] | undefined) => Promise<SyncedHow> {
  const { store, clock } = parts;
  const { say } = watchLog;
  const quietParts = watchLog.partsOf(parts);
  let busySince: number | undefined;
  return async (trigger, ids) => {
    const startedMs = clock.monotonicMs();
    const beating = setInterval(() => void beat(), beatWhileSyncingMs);
    try {
      const all = store.followed.all(parts.config.output_dir);
      const followed = ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
      if (followed.length === 0) return 'done';
      const options = { accept: 'sure', allowedRemovals: undefined, restoreDeleted: false } as const;
      const what = followed.length === 1 ? `"${followed[0]?.name ?? ''}"` : playlists(followed.length);
      const busy = store.turns.blocker('sync');
      if (busy === undefined) say(`Syncing ${what} (${(followed.length === 1 ? why : whyMany)[trigger]}).`);
      const { summary, stoppedBy } = await syncLists(quietParts, followed, {
        ...options,
        yes: true,
        trigger,
      });
      busySince = undefined;
      if (signal.aborted || summary === undefined) return 'done';
      if (stoppedBy !== undefined) {
        say(`The sync ended early. ${sentenceOf(stoppedBy)}`, 'fail');
        return 'failed';
      }
      say(`Synced ${what} in ${durationText(clock.monotonicMs() - startedMs)}: ${summaryText(summary)}.`);
      return 'done';
    } catch (thrown) {
      const error = toHarmoniError(thrown);
      if (signal.aborted) return 'done';
      if (error.code === 'sync-running' || error.code === 'library-busy') {
        if (busySince === undefined) say(`${error.message} Waiting for it to finish.`, 'warn');
        busySince ??= startedMs;
        return 'busy';
      }
      logFault(error, parts.env);
      say(`The sync failed. ${sentenceOf(error)}`, 'fail');
      return 'failed';
    } finally {
      clearInterval(beating);
    }
  };
}

const sentenceOf = ({ message, fix }: HarmoniError): string => `${message} ${fix}`;
