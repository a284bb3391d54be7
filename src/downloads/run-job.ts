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
import { keepFetched, sweepKept, takeKept, type Fetched } from './kept.ts';
import { placeLists } from './list-places.ts';
import { writePlaylists } from './lists.ts';
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
  const startedMs = deps.clock.monotonicMs();
  const outcomes = new Map<number, TrackOutcome>();
  for (const row of job.tracks) if (row.outcome !== undefined) outcomes.set(row.position, row.outcome);
  const pending = job.tracks.filter((row) => row.chosen && row.outcome === undefined);
  const stopper = new AbortController();
  let stoppedBy: HarmoniError | undefined;

  const ready = createChannel<Work>();
  const searching = new PQueue({ concurrency: searchesAtOnce });
  const finishing = new PQueue({ concurrency: deps.cores });
  const open = new Map<number, Work>();
  /** Streams that wait for their conversion, or are in it. */
  const fetched = new Map<number, Fetched>();
  const brokenTold = new Set<string>();

  const session: Session = {
    job,
    settings,
    deps,
    tagger: createTagger(),
    covers: createCovers(deps.http, deps.services),
    workFolder: workFolderOf(settings.outputDir, deps.store.instance.id),
    places: await placeLists(job.lists, settings, deps.store.lists),
    signal: AbortSignal.any([signal, stopper.signal]),
    emit,
    waits: (work) => emit({ type: 'track-waits', index: work.position, track: work.track }),
    stage: (work, stage) => emit({ type: 'track-stage', index: work.position, track: work.track, stage }),
    settle(work, ending) {
      if (!open.delete(work.position)) return;
      const outcome = { artist: work.track.artist, track: work.track.track, ...ending };
      fetched.delete(work.position);
      outcomes.set(work.position, outcome);
      session.commit(() => record(deps, job, work, outcome));
      emit({ type: 'track-finished', index: work.position, outcome });
      if (open.size === 0) ready.close();
    },
    reopen(work) {
      outcomes.delete(work.position);
      session.commit(() => reopen(deps, job, work));
    },
    tellBroken({ path, fault }, standing) {
      if (fault === undefined || brokenTold.has(path)) return;
      brokenTold.add(path);
      emit({ type: 'file-broken', path, fault, isReplaced: standing === 'gives way' });
      deps.log.write('warn', 'A file of the library is broken.', { path, fault });
    },
    commit(write) {
      try {
        write();
      } catch (error) {
        session.stop(toHarmoniError(error));
      }
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
    finish: toBeFinished,
  });

  /** Present already, somebody else's for now, or to be matched. */
  async function begin(work: Work): Promise<void> {
    if (session.signal.aborted) return;
    const present = await findPresent(session, work);
    if (present !== undefined) session.settle(work, present);
    else if (!deps.store.claims.take(work.keys)) void waitForOther(work);
    else if (!(await goOnWithKept(work))) {
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

  function toBeFinished(work: Work, downloaded: Downloaded): void {
    const { candidates, candidate, givenBy } = work;
    fetched.set(work.position, { candidates, candidate, givenBy, downloaded });
    session.waits(work);
    void finishing.add(() => finish(work, downloaded));
  }

  /** What was fetched before the job was stopped only has to be finished. */
  async function goOnWithKept(work: Work): Promise<boolean> {
    const kept = await takeKept(session, work);
    if (kept === undefined) return false;
    const { downloaded, ...decision } = kept;
    Object.assign(work, decision);
    toBeFinished(work, downloaded);
    return true;
  }

  /** Another HARMONI, or an earlier row of this job, has the track: it will be there soon, or free again. */
  async function waitForOther(work: Work): Promise<void> {
    await deps.clock.sleep(500, session.signal).catch(() => undefined);
    await searching.add(() => guarded(work, () => begin(work)));
  }

  async function finish(work: Work, downloaded: Downloaded): Promise<void> {
    if (session.signal.aborted) return;
    await guarded(work, async () => {
      const fault = await finishOne(session, work, downloaded);
      if (fault === undefined) return;
      fetched.delete(work.position);
      downloading.react(work, fault, 'next-candidate', 'tag');
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
      const visits = await gate.pass(batch.length).catch((error: unknown) => {
        if (!session.signal.aborted) session.stop(toHarmoniError(error));
      });
      if (visits === undefined) return;
      for (const late of batch.slice(visits.count)) ready.put(late);
      await downloading.run(batch.slice(0, visits.count), visits);
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
    if (session.signal.aborted) await keepFetched(session, fetched);
    lock?.release();
    await removeFolder(session.workFolder).catch(() => undefined);
    session.commit(() => deps.store.claims.releaseAll());
  }
  if (signal.aborted) stoppedBy ??= new HarmoniError('cancelled', 'Stopped before the end.');
  const playlistFiles = await writePlaylists(session, outcomes);
  await sweepKept(session, stoppedBy === undefined).catch(() => undefined);
  // Whoever stopped it: it may have been the last write.
  const ended = (): boolean => stoppedBy === undefined;
  if (ended()) session.commit(() => deps.store.jobs.end(job.id));
  if (!ended()) session.commit(() => deps.store.jobs.leave(job.id));
  const report = reportOf(
    job,
    outcomes,
    playlistFiles,
    stoppedBy,
    (deps.clock.monotonicMs() - startedMs) / 1000,
  );
  emit({ type: 'job-finished', report });
  return { report, stoppedBy };
}
