import { relative } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { JobEvent } from '../downloads/job-events.ts';
import {
  afterwardsWords,
  reduceProgress,
  startProgress,
  viewOf,
  type ProgressState,
} from '../downloads/progress-state.ts';
import type { JobEnd } from '../downloads/run-job.ts';
import { jobSettings, type JobSettings } from '../downloads/settings.ts';
import { isTimeToTell } from '../downloads/time-to-tell.ts';
import { titleOf } from '../downloads/title-of.ts';
import { hearableOf } from '../engine/hearable.ts';
import { isComplete, run, type RunDeps } from '../engine/run.ts';
import type { Job } from '../history/jobs.ts';
import type { Store } from '../history/store.ts';
import { wallClock } from '../spotify/api-error.ts';
import type { Output } from '../ui/output.ts';
import { songs } from '../tracks/song-count.ts';
import { songName } from '../tracks/song-name.ts';
import type { TrackOutcome } from '../tracks/outcome.ts';
import { countsText } from '../ui/progress-text.ts';
import type { Progress, ProgressView } from '../ui/progress.ts';
import { reportLines, type ReportOptions } from '../ui/report-text.ts';
import { notifyEnd, type NotifyParts } from './notify.ts';
import { faultLines } from './fault-lines.ts';

export interface RunParts extends Omit<RunDeps, 'jobs'>, NotifyParts {
  readonly store: Pick<Store, 'jobs' | 'visits'>;
  readonly config: NotifyParts['config'] & Pick<Config, 'downloads_per_hour' | 'verify_by_ear'>;
  readonly clock: { now(): number };
  readonly progress: Progress;
  readonly output: Output;
  readonly paths: { readonly log: string };
  readonly backUpIfDue?: () => Promise<void>;
  /** Keeps the settings as they are until what it gives is called. */
  readonly keepConfig?: () => () => void;
}

/** What comes next: a menu, the questions about its uncertain songs, or the rest of a sync, which tells the end itself. */
type Place = Pick<ReportOptions, 'isReviewed'> & {
  readonly isPartOfSync?: boolean;
  /** Somebody is asked next whether uncertain songs may be compared with previews. */
  readonly offersEar?: boolean;
};

/**
 * Runs a job with its live display, or with a line now and then, and its report at the end. What the place explains needn't be
 * explained in the report.
 */
export async function runWithProgress(parts: RunParts, job: Job, place: Place = {}): Promise<JobEnd> {
  const settings = jobSettings.parse(job.settings);
  const { progress } = parts;
  // An edit of config.json, right or wrong, is for what comes after.
  const letGo = parts.keepConfig?.();
  const course = followCourse(parts, job);
  // Countdowns and time left move on also when nothing happens.
  const tick = setInterval(course.show, tickMs);
  try {
    const end = await run(job, runDepsOf(parts), (event) => {
      if (event.type === 'file-broken') progress.print(brokenText(event, settings.outputDir), 'warn');
      course.take(event);
    });
    progress.end();
    await showReport(parts, { job, end }, settings, place);
    if (end.report.summary.done > 0) await parts.backUpIfDue?.();
    return end;
  } finally {
    clearInterval(tick);
    progress.end();
    letGo?.();
  }
}

const tickMs = 500;
/** Events come by the hundred; nobody sees more. */
const drawnEveryMs = 100;

/** Keeps what the events of a job tell, and shows it. */
function followCourse(parts: RunParts, job: Job): { take(event: JobEvent): void; readonly show: () => void } {
  const { progress, clock, store, config } = parts;
  const title = titleOf(job.lists);
  let state = startProgress();
  let drawnMs = Number.NEGATIVE_INFINITY;
  let told = { atMs: clock.now(), done: 0 };

  const viewNow = (): ProgressView => {
    const limit = { nowMs: clock.now(), perHour: config.downloads_per_hour };
    return viewOf(state, title, { ...limit, visits: limit.perHour === 0 ? [] : store.visits.lastHour() });
  };
  const show = (): void => {
    const nowMs = clock.now();
    if (progress.isLive) {
      drawnMs = nowMs;
      progress.draw(viewNow());
    } else if (progress.isLog !== true && isTimeToTell(state, told, nowMs)) {
      told = { atMs: nowMs, done: state.done };
      progress.print(countsText(viewNow()));
    }
  };

  return {
    show,
    take(event) {
      const tellsSongs = progress.isLive || progress.isLog === true;
      const before = state;
      state = reduceProgress(state, event, clock.now());
      tellPause(parts, before.pause, state.pause);
      // It may take minutes.
      if (!progress.isLive && event.type === 'afterwards' && event.step !== before.afterwards?.step)
        progress.print(`${afterwardsWords[event.step]}: ${songs(event.total)}.`);
      // A sync may only write playlist files.
      if (event.type === 'job-started' && !tellsSongs && event.total > 0)
        progress.print(`${title}: ${songs(event.total)}.`);
      if (event.type === 'track-finished' && tellsSongs) tellSong(progress, event.outcome);
      if (!progress.isLive || Math.abs(clock.now() - drawnMs) >= drawnEveryMs) show();
    },
  };
}

/** A line for each song that was fetched or couldn't be. Those that are there already would only hide them. */
function tellSong(progress: Progress, outcome: TrackOutcome): void {
  const { status, artist, track, failure } = outcome;
  if (status === 'present' || status === 'cancelled') return;
  const name = songName(artist, track);
  if (status === 'done') progress.print(progress.isLog === true ? `Downloaded ${name}` : name, 'ok');
  else if (status === 'failed') progress.print(`${name}: ${failure?.message ?? 'failed'}`, 'fail');
  else
    progress.print(`${name}: ${status === 'none' ? 'no match' : 'uncertain match, kept for review'}`, 'warn');
}

function runDepsOf(parts: RunParts): RunDeps {
  return {
    jobs: parts.store.jobs,
    log: parts.log,
    beginWork: () => parts.beginWork(),
    downloadDeps: () => parts.downloadDeps(),
  };
}

function brokenText(
  { path, fault, isReplaced }: Extract<JobEvent, { type: 'file-broken' }>,
  library: string,
): string {
  const what = `${relative(library, path)} is broken (${fault}).`;
  return isReplaced
    ? `${what} Downloading it again. The old file goes to the trash.`
    : `${what} HARMONI didn't create it, so it won't touch it.`;
}

/** A wait of an hour looks like a hang where there is no live display; the log has it in any case. */
function tellPause(parts: RunParts, before: ProgressState['pause'], now: ProgressState['pause']): void {
  if ((before === undefined) === (now === undefined)) return;
  const line =
    now === undefined
      ? 'Continuing.'
      : `Paused until ${wallClock(now.untilMs, parts.clock.now())}: ${now.reason}.`;
  parts.log.write('info', line);
  if (!parts.progress.isLive) parts.progress.print(line);
}

async function showReport(
  parts: RunParts,
  { job, end }: { readonly job: Job; readonly end: JobEnd },
  { outputDir: library, format, reformat }: JobSettings,
  { isPartOfSync = false, offersEar = false, ...place }: Place,
): Promise<void> {
  const { output, paths } = parts;
  const isOffered = !offersEar && parts.config.verify_by_ear === 'ask';
  const comparable = isOffered ? hearableOf(job, end).length : 0;
  const options = { library, details: paths.log, format, reformat, comparable, ...place };
  const lines = reportLines(end.report, options);
  output.lines(lines);
  const { stoppedBy } = end;
  // The report names what stopped it at the songs that were not reached; there may be none.
  if (stoppedBy !== undefined && stoppedBy.code !== 'cancelled' && end.report.summary.cancelled === 0) {
    output.lines(faultLines(stoppedBy));
  }
  output.document(end.report);
  // Who pressed Ctrl+C sits there.
  if (stoppedBy?.code !== 'cancelled' && !isPartOfSync) {
    const { summary } = end.report;
    await notifyEnd(parts, { event: 'download', text: lines[0]?.text ?? '', summary }, summary.seconds);
  }
}

/** 0 when everything is there, 130 when cancelled, else 1. Pure. */
export function exitCodeOfEnd(end: JobEnd): number {
  if (end.stoppedBy?.code === 'cancelled') return 130;
  return isComplete(end) ? 0 : 1;
}
