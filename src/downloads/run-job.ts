import PQueue from 'p-queue';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import type { Job } from '../history/jobs.ts';
import { asFileError, removeFolder } from '../system/files.ts';
import type { HeldLock } from '../system/lock.ts';
import type { JobReport, TrackOutcome } from '../tracks/outcome.ts';
import { findPresent } from './already-there.ts';
import { createChannel } from './channel.ts';
import { createCovers } from './covers.ts';
import { createDownloadStage } from './download-stage.ts';
import { finishOne, type Downloaded } from './finish-stage.ts';
import { createGate } from './gate.ts';
import type { JobEvent } from './job-events.ts';
import { listFoldersOf, writePlaylists } from './lists.ts';
import { matchOne } from './match-stage.ts';
import { record, reopen } from './record.ts';
import { reportOf } from './report.ts';
import {
  everybodys,
  failureOf,
  stageOf,
  workOf,
  type DownloadDeps,
  type Session,
  type Work,
} from './session.ts';
import type { JobSettings } from './settings.ts';
import { createTagger } from './tag.ts';
import { prepareFolders, workFolderOf } from './work-folder.ts';

/** Searches under way at once; each is one request. */
const searchesAtOnce = 3;
/** YouTube is asked for so many videos by one yt-dlp, whose start costs a second. */
const tracksPerProcess = 16;
/** Matched tracks that wait for a download: more would only go stale. */
const mostReady = 2 * tracksPerProcess;

/** How a job ended. `stoppedBy` is why it ended early; it can then be resumed. */
export interface JobEnd {
  readonly report: JobReport;
  readonly stoppedBy: HarmoniError | undefined;
}

/**
 * Runs a job to its end: what is not there yet is matched, downloaded, converted, tagged, published and recorded, each
 * stage at its own width. One failing track never stops the rest. Aborting `signal` ends the children, removes the work
 * files and leaves the job open.
 */
export async function runJob(
  job: Job,
  settings: JobSettings,
  deps: DownloadDeps,
  signal: AbortSignal,
  emit: (event: JobEvent) => void,
): Promise<JobEnd> {
  const startedMs = deps.clock.now();
  const outcomes = new Map<number, TrackOutcome>();
  for (const row of job.tracks) if (row.outcome !== undefined) outcomes.set(row.position, row.outcome);
  const pending = job.tracks.filter((row) => row.chosen && row.outcome === undefined);
  const stopper = new AbortController();
  let stoppedBy: HarmoniError | undefined;

  const ready = createChannel<Work>();
  const searching = new PQueue({ concurrency: searchesAtOnce });
  const finishing = new PQueue({ concurrency: deps.cores });
  const open = new Map<number, Work>();

  const session: Session = {
    job,
    settings,
    deps,
    tagger: createTagger(),
    covers: createCovers(deps.http),
    workFolder: workFolderOf(settings.outputDir, deps.store.instance.id),
    listFolders: listFoldersOf(job.lists, settings),
    signal: AbortSignal.any([signal, stopper.signal]),
    emit,
    waits: (work) => emit({ type: 'track-waits', index: work.position, track: work.track }),
    stage: (work, stage) => emit({ type: 'track-stage', index: work.position, track: work.track, stage }),
    settle(work, ending) {
      if (!open.delete(work.position)) return;
      const outcome = { artist: work.track.artist, track: work.track.track, ...ending };
      outcomes.set(work.position, outcome);
      record(deps, job, work, outcome);
      emit({ type: 'track-finished', index: work.position, outcome });
      if (open.size === 0) ready.close();
    },
    reopen(work) {
      outcomes.delete(work.position);
      reopen(deps, job, work);
    },
    stop(error) {
      stoppedBy ??= error;
      stopper.abort(error);
    },
  };
  const gate = createGate(session);
  const downloading = createDownloadStage(session, gate, {
    again: (work) => {
      session.waits(work);
      ready.put(work);
      ready.flush();
    },
    finish: (work, downloaded) => void finishing.add(() => finish(work, downloaded)),
  });

  /** Present already, somebody else's for now, or to be matched. */
  async function begin(work: Work): Promise<void> {
    if (session.signal.aborted) return;
    const present = await findPresent(session, work);
    if (present !== undefined) session.settle(work, present);
    else if (!deps.store.claims.take(work.keys)) void waitForOther(work);
    else {
      await ready.room(mostReady);
      await matchOne(session, work, {
        ready: (matched) => {
          session.waits(matched);
          ready.put(matched);
        },
        failed: (error) => gate.failed(work, error),
      });
    }
  }

  /** Another HARMONI, or an earlier row of this job, has the track: it will be there soon, or free again. */
  async function waitForOther(work: Work): Promise<void> {
    await deps.clock.sleep(500, session.signal).catch(() => undefined);
    await searching.add(() => guarded(work, () => begin(work)));
  }

  async function finish(work: Work, downloaded: Downloaded): Promise<void> {
    await guarded(work, async () => {
      const fault = await finishOne(session, work, downloaded);
      if (fault !== undefined) downloading.react(work, fault, 'next-candidate', 'tag');
    });
  }

  /** Whatever is thrown for one track is that track's failure, unless it would be everybody's. */
  async function guarded(work: Work, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (thrown) {
      if (session.signal.aborted) return;
      const error = toHarmoniError(asFileError(thrown, settings.outputDir));
      deps.log.write('error', error.message, {
        code: error.code,
        stack: String(thrown instanceof Error && thrown.stack),
      });
      if (everybodys.has(error.code)) session.stop(error);
      else session.settle(work, { status: 'failed', failure: failureOf(stageOf(error), error) });
    }
  }

  async function downloadLoop(): Promise<void> {
    for (;;) {
      await finishing.onSizeLessThan(mostReady);
      const share = (): number =>
        Math.min(tracksPerProcess, Math.ceil(open.size / deps.config.max_concurrent_downloads));
      const batch = await ready.take(share, share);
      if (batch.length === 0 || session.signal.aborted) return;
      const allowed = await gate.pass(batch.length).catch(() => 0);
      for (const late of batch.slice(allowed)) ready.put(late);
      if (allowed === 0) return;
      await downloading
        .run(batch.slice(0, allowed))
        .catch((error: unknown) => session.stop(toHarmoniError(error)));
    }
  }

  emit({ type: 'job-started', jobId: job.id, total: pending.length });
  session.signal.addEventListener('abort', () => ready.close(), { once: true });
  let lock: HeldLock | undefined;
  try {
    lock = await prepareFolders(session);
    for (const row of pending) open.set(row.position, workOf(row));
    if (open.size === 0) ready.close();
    const searches = [...open.values()].map((work) => searching.add(() => guarded(work, () => begin(work))));
    void Promise.allSettled(searches).then(() => ready.flush());
    await Promise.all(Array.from({ length: deps.config.max_concurrent_downloads }, downloadLoop));
    await finishing.onIdle();
    await searching.onIdle();
  } catch (error) {
    session.stop(toHarmoniError(asFileError(error, settings.outputDir)));
  } finally {
    lock?.release();
    await removeFolder(session.workFolder);
    deps.store.claims.releaseAll();
  }
  if (signal.aborted) stoppedBy ??= new HarmoniError('cancelled', 'Stopped before the end.');
  const playlistFiles = await writePlaylists(session, outcomes);
  if (stoppedBy === undefined) deps.store.jobs.end(job.id);
  else deps.store.jobs.leave(job.id);
  const report = reportOf(job, outcomes, playlistFiles, stoppedBy, (deps.clock.now() - startedMs) / 1000);
  emit({ type: 'job-finished', report });
  return { report, stoppedBy };
}
