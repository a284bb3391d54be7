import type { App } from '../app.ts';
import { isOtherVideo } from '../downloads/replace.ts';
import { startProgress, reduceProgress, viewOf } from '../downloads/progress-state.ts';
import { runJob, type JobEnd } from '../downloads/run-job.ts';
import { jobSettings, type JobSettings } from '../downloads/settings.ts';
import { HarmoniError } from '../errors.ts';
import type { Job } from '../history/jobs.ts';
import { scanLibrary } from '../library/scan.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { JobReport } from '../tracks/outcome.ts';
import { trackKeys } from '../tracks/identity.ts';
import type { Track } from '../tracks/track.ts';
import { reportLines } from '../ui/report-text.ts';
import type { Chosen } from './choose-tracks.ts';

export type Accept = JobSettings['accept'];

/** What a new job is frozen with. */
function settingsOf(app: App, accept: Accept, replace: boolean): JobSettings {
  const { config } = app;
  return {
    format: config.audio_format,
    quality: config.audio_quality,
    outputDir: app.paths.output,
    fileNameTemplate: config.file_name_template,
    metadataTemplate: config.metadata_template,
    embedMetadata: config.enable_metadata_embedding,
    sameTrackInSecondList: config.same_track_in_second_list,
    accept,
    replace,
  };
}

/** Brings the index up to date, so that what is already there is known whatever happened to the files meanwhile. */
export async function scanned(app: App, outputDir: string): Promise<(track: Track) => boolean> {
  const { progress } = app;
  const work = app.beginWork();
  await scanLibrary(outputDir, app.store.files, {
    signal: work.signal,
    onProgress: (read) => {
      progress.draw({ title: 'Looking through the library', done: read, total: 0, failed: 0, lines: [] });
    },
  }).finally(() => {
    progress.end();
    work.done();
  });
  // Whatever the scan did after it: nothing is downloaded any more.
  work.signal.throwIfAborted();
  const keys = app.store.files.keys();
  const below = new Set(app.store.files.pathsBelow(outputDir));
  const decided = new Set(app.store.overrides.all().flatMap((one) => trackKeys(one.track)));
  return (track) => {
    const own = trackKeys(track);
    if (!own.some((key) => below.has(keys.get(key) ?? ''))) return false;
    if (!own.some((key) => decided.has(key))) return true;
    const override = app.store.overrides.find(own);
    return !app.store.files
      .find(own)
      .some((file) => below.has(file.path) && isOtherVideo(file, override, false));
  };
}

/** Starts a new job with what was chosen. `replace` as in JobSettings. */
export function createJob(app: App, chosen: readonly Chosen[], accept: Accept, replace = false): Job {
  return app.store.jobs.create(chosen, settingsOf(app, accept, replace));
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
  try {
    const end = await runJob(job, settings, app.downloadDeps(), stop.signal, (event) => {
      state = reduceProgress(state, event, clock.now());
      draw();
    });
    progress.end();
    showReport(app, end, settings.outputDir);
    return end;
  } finally {
    clearInterval(tick);
    progress.end();
    stop.done();
  }
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

function showReport(app: App, end: JobEnd, library: string): void {
  const { output } = app;
  output.lines(reportLines(end.report, { library, details: app.paths.log }));
  output.document(end.report);
}

/** 0 when everything is there, 130 when cancelled, else 1. */
export function exitCodeOfReport(report: JobReport, stoppedBy: HarmoniError | undefined): number {
  if (stoppedBy?.code === 'cancelled') return 130;
  const { failed, none, unsure, cancelled } = report.summary;
  return stoppedBy !== undefined || failed + none + unsure + cancelled > 0 ? 1 : 0;
}
