import { relative } from 'node:path';
import type { App } from '../app.ts';
import { standingOf } from '../downloads/already-there.ts';
import type { JobEvent } from '../downloads/job-events.ts';
import { startProgress, reduceProgress, viewOf, type ProgressState } from '../downloads/progress-state.ts';
import { runJob, type JobEnd } from '../downloads/run-job.ts';
import { jobSettings, jobSettingsVersion, type JobSettings } from '../downloads/settings.ts';
import { HarmoniError } from '../errors.ts';
import type { Job } from '../history/jobs.ts';
import { scanLibrary } from '../library/scan.ts';
import { wallClock } from '../spotify/api-error.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { JobReport } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';
import { reportLines } from '../ui/report-text.ts';
import type { Chosen } from './choose-tracks.ts';

export type Accept = JobSettings['accept'];

/** How a job deals with what is not clear. `replace` and `reformat` as in JobSettings. */
export type Wish = Pick<JobSettings, 'accept'> & Partial<Pick<JobSettings, 'replace' | 'reformat'>>;

/** What a new job is frozen with. */
function settingsOf(app: App, { accept, replace = false, reformat = false }: Wish): JobSettings {
  const { config } = app;
  return {
    version: jobSettingsVersion,
    format: config.audio_format,
    quality: config.audio_quality,
    outputDir: app.paths.output,
    fileNameTemplate: config.file_name_template,
    metadataTemplate: config.metadata_template,
    embedMetadata: config.enable_metadata_embedding,
    sameTrackInSecondList: config.same_track_in_second_list,
    accept,
    replace,
    reformat,
  };
}

/** Brings the index up to date, so that what is already there is known whatever happened to the files meanwhile. */
export async function scanned(
  app: App,
  outputDir: string,
  wish: Wish = { accept: 'sure' },
): Promise<(track: Track) => boolean> {
  const { progress } = app;
  const work = app.beginWork();
  const { deadLinks, unopenable } = await scanLibrary(outputDir, app.store.files, {
    signal: work.signal,
    trash: app.paths.trash,
    onProgress: (read) => {
      progress.draw({ title: 'Looking through the library', done: read, total: 0, failed: 0, lines: [] });
    },
  }).finally(() => {
    progress.end();
    work.done();
  });
  // Whatever the scan did after it: nothing is downloaded any more.
  work.signal.throwIfAborted();
  for (const { path, target } of deadLinks) {
    progress.print(`${relative(outputDir, path)} is a link to ${target}, which isn't there.`, 'warn');
  }
  for (const path of unopenable) {
    const what = `${relative(outputDir, path)} has a name that isn't UTF-8, so HARMONI can't open it.`;
    progress.print(`${what} Rename it, for example with convmv.`, 'warn');
  }
  const settings = settingsOf(app, wish);
  const find = app.store.files.finderBelow(outputDir);
  return (track) => {
    const files = find(track);
    if (files.length === 0) return false;
    const decided = app.store.overrides.find(track);
    return files.some((file) => standingOf(file, decided, settings) === 'right');
  };
}

/** Starts a new job with what was chosen. */
export function createJob(app: App, chosen: readonly Chosen[], wish: Wish): Job {
  return app.store.jobs.create(chosen, settingsOf(app, wish));
}

/** Takes over an interrupted job. */
export function adoptJob(app: App, id: number): Job {
  const job = app.store.jobs.adopt(id);
  if (job === undefined) {
    throw new HarmoniError('usage', 'That job is finished, or another HARMONI is working on it.', {
      fix: 'Look at the other window, or start a new download.',
    });
  }
  return job;
}

/** Runs a job with its live display and its report at the end. */
export async function runWithProgress(app: App, job: Job, title: string): Promise<JobEnd> {
  const settings = jobSettings.parse(job.settings);
  const { progress, clock } = app;
  const stop = beginJob(app, job);
  let state = startProgress(clock.now());
  const draw = (): void => progress.draw(viewOf(state, title, clock.now()));
  // Countdowns and time left move on also when nothing happens.
  const tick = setInterval(draw, 500);
  app.log.write('info', 'download started', { job: job.id, list: title });
  try {
    const end = await runJob(job, settings, app.downloadDeps(), stop.signal, (event) => {
      const before = state;
      state = reduceProgress(state, event, clock.now());
      if (event.type === 'file-broken') progress.print(brokenText(event, settings.outputDir), 'warn');
      notePause(app, before.pause, state.pause);
      draw();
    });
    app.log.write('info', 'download ended', { job: job.id, ...end.report.summary });
    progress.end();
    showReport(app, end, settings);
    return end;
  } finally {
    clearInterval(tick);
    progress.end();
    stop.done();
  }
}

function brokenText(
  { path, fault, isReplaced }: Extract<JobEvent, { type: 'file-broken' }>,
  library: string,
): string {
  const what = `${relative(library, path)} is broken (${fault}).`;
  return isReplaced
    ? `${what} Downloading it again; the old file goes to the trash.`
    : `${what} HARMONI didn't make it, so it stays where it is.`;
}

/** A job that is not begun any more, because of an interrupt just before, is left for `resume`. */
function beginJob(app: App, job: Job): WorkSignal {
  try {
    return app.beginWork();
  } catch (error) {
    app.store.jobs.leave(job.id);
    throw error;
  }
}

/** A wait of an hour looks like a hang where there is no live display; the log has it in any case. */
function notePause(app: App, before: ProgressState['pause'], now: ProgressState['pause']): void {
  if ((before === undefined) === (now === undefined)) return;
  const line =
    now === undefined
      ? 'Continuing.'
      : `Paused until ${wallClock(now.untilMs, app.clock.now())}: ${now.reason}.`;
  app.log.write('info', line);
  app.progress.note(line);
}

function showReport(app: App, end: JobEnd, { outputDir: library, format, reformat }: JobSettings): void {
  const { output } = app;
  output.lines(reportLines(end.report, { library, details: app.paths.log, format, reformat }));
  const { stoppedBy } = end;
  // The report names what stopped it at the songs that were not reached; there may be none.
  if (stoppedBy !== undefined && stoppedBy.code !== 'cancelled' && end.report.summary.cancelled === 0) {
    output.lines([
      { text: stoppedBy.message, tone: 'fail' },
      { text: `  What to do: ${stoppedBy.fix}`, tone: 'accent' },
    ]);
  }
  output.document(end.report);
}

/** 0 when everything is there, 130 when cancelled, else 1. */
export function exitCodeOfReport(report: JobReport, stoppedBy: HarmoniError | undefined): number {
  if (stoppedBy?.code === 'cancelled') return 130;
  const { failed, none, unsure, cancelled } = report.summary;
  return stoppedBy !== undefined || failed + none + unsure + cancelled > 0 ? 1 : 0;
}
