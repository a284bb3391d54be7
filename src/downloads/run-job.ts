import { rm } from 'node:fs/promises';
import { enrichers } from '../enrich/enrichers.ts';
import { createSponsorBlock } from '../enrich/sponsorblock/sponsorblock.ts';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import { createChanges } from '../history/changes.ts';
import { endRun } from '../history/end-run.ts';
import type { Job } from '../history/jobs.ts';
import type { NewRun } from '../history/runs.ts';
import { settleLost } from '../history/settle.ts';
import { asFileError } from '../system/file-errors.ts';
import { removeFolder } from '../system/files.ts';
import type { HeldLock } from '../system/lock.ts';
import { userAgent } from '../system/user-agent.ts';
import { isNamedByUpload } from '../tracks/upload.ts';
import type { JobReport, TrackOutcome } from '../tracks/outcome.ts';
import { completedTrack } from './completed-track.ts';
import { createFollowUp } from './follow-up.ts';
import { createGate } from './gate.ts';
import { createJobEar } from './job-ear.ts';
import type { JobEvent } from './job-events.ts';
import type { DownloadDeps, JobParts } from './job-parts.ts';
import { keepFetched, sweepKept } from './kept.ts';
import { placeLists } from './list-places.ts';
import { writePlaylists } from './lists.ts';
import { record, recordFailure, reopen } from './record.ts';
import { reportOf } from './report.ts';
import { runStages, type RunnerParts } from './runner.ts';
import type { JobSettings } from './settings.ts';
import type { Ending, Stage } from './stage.ts';
import { stagesOf, type StageParts } from './stages.ts';
import { titleOf } from './title-of.ts';
import { createTagger } from './tag.ts';
import { prepareFolders, workFolderOf } from './work-folder.ts';
import { workOf, type Made, type Work } from './work.ts';

/** How a job ended. `stoppedBy` is why it ended early; it can then be resumed. */
export interface JobEnd {
  readonly report: JobReport;
  readonly stoppedBy: HarmoniError | undefined;
}

/**
 * Runs a job to its end: its songs go through the stages (stages.ts), then the playlist files are written. One failing
 * track never stops the rest. Aborting `signal` ends the children, removes the work files and leaves the job open.
 */
export async function runJob(
  job: Job,
  settings: JobSettings,
  deps: DownloadDeps,
  signal: AbortSignal,
  emit: (event: JobEvent) => void,
): Promise<JobEnd> {
  const startedMs = deps.clock.monotonicMs();
  const stopper = new AbortController();
  let stoppedBy: HarmoniError | undefined;
  const parts = await partsOf(job, settings, deps, {
    signal: AbortSignal.any([signal, stopper.signal]),
    emit,
    stop(error) {
      stoppedBy ??= error;
      stopper.abort(error);
    },
  });
  await settleLost(deps.store).catch((error: unknown) => parts.stop(toHarmoniError(error)));
  const outcomes = await runSongs(parts);
  if (signal.aborted) stoppedBy ??= new HarmoniError('cancelled', 'Stopped before it finished.');
  const playlistFiles = await writePlaylists(parts, outcomes);
  await endRun(parts, deps.config.trash_days).catch((error: unknown) => {
    stoppedBy ??= toHarmoniError(error);
  });
  await sweepKept(parts, stoppedBy === undefined).catch(() => undefined);
  // Whoever stopped it: it may have been the last write.
  const ended = (): boolean => stoppedBy === undefined;
  if (ended()) parts.commit(() => deps.store.jobs.end(job.id));
  if (!ended()) parts.commit(() => deps.store.jobs.leave(job.id));
  const seconds = (deps.clock.monotonicMs() - startedMs) / 1000;
  const report = reportOf(job, outcomes, playlistFiles, stoppedBy, seconds);
  emit({ type: 'job-finished', report });
  return { report, stoppedBy };
}

async function partsOf(
  job: Job,
  settings: JobSettings,
  deps: DownloadDeps,
  hooks: Pick<JobParts, 'signal' | 'emit' | 'stop'>,
): Promise<JobParts> {
  const brokenTold = new Set<string>();
  const commit = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      hooks.stop(toHarmoniError(error));
    }
  };
  const run = runOf(job, settings);
  return {
    ...deps,
    ...hooks,
    job,
    settings,
    workFolder: workFolderOf(settings.outputDir, deps.store.instance.id),
    places: await placeLists(job.lists, settings, deps.store.lists),
    tellBroken({ path, fault }, standing) {
      if (fault === undefined || brokenTold.has(path)) return;
      brokenTold.add(path);
      hooks.emit({ type: 'file-broken', path, fault, isReplaced: standing === 'gives way' });
      deps.log.write('warn', 'A file in the library is broken.', { path, fault });
    },
    commit,
    changes: createChanges(deps.store, run, commit),
  };
}

/** What the job is in the history. Pure. */
function runOf(job: Job, { outputDir: library, replace, kind }: JobSettings): NewRun {
  const title = titleOf(job.lists);
  return { kind: kind ?? (replace ? 'redo' : 'download'), title, library, jobId: job.id };
}

/** Takes the songs that have no outcome yet through the stages. Returns the outcomes of all, by position. */
async function runSongs(parts: JobParts): Promise<ReadonlyMap<number, TrackOutcome>> {
  const { job, store, signal } = parts;
  const outcomes = new Map<number, TrackOutcome>();
  for (const row of job.tracks) if (row.outcome !== undefined) outcomes.set(row.position, row.outcome);
  const works = job.tracks.filter((row) => row.chosen && row.outcome === undefined).map(workOf);
  parts.emit({ type: 'job-started', jobId: job.id, total: works.length });
  const way = createWay(parts, outcomes);
  let lock: HeldLock | undefined;
  try {
    lock = await prepareFolders(parts);
    await runStages(works, way.stages, way);
  } catch (error) {
    way.broke(error);
  } finally {
    const isOpen = (work: Work): boolean => !outcomes.has(work.position);
    if (signal.aborted) await keepFetched(parts, works.filter(isOpen));
    lock?.release();
    await removeFolder(parts.workFolder).catch(() => undefined);
    parts.commit(() => store.claims.releaseAll());
  }
  return outcomes;
}

/** The stages of this job, and what becomes of a song that leaves one. */
function createWay(
  parts: JobParts,
  outcomes: Map<number, TrackOutcome>,
): RunnerParts<Work> & { readonly stages: readonly Stage<Work>[] } {
  const { signal, clock } = parts;
  const services = servicesOf(parts);

  function settle(work: Work, ending: Ending): void {
    const outcome = outcomeOf(work, ending);
    outcomes.set(work.position, outcome);
    services.ear.forget(work.track);
    parts.commit(() => record(parts, work, outcome));
    parts.emit({ type: 'track-finished', index: work.position, outcome });
    lighten(work);
  }

  const gate = createGate(parts);
  const followUp = createFollowUp({
    ...parts,
    gate,
    settle,
    refused: (work, ending) => parts.commit(() => recordFailure(parts, work, ending)),
    reopen(work) {
      outcomes.delete(work.position);
      parts.commit(() => reopen(parts, work));
    },
  });
  const stages = stagesOf({
    ...parts,
    gate,
    onDownloaded: followUp.downloaded,
    tagger: createTagger(),
    ...services,
  });

  return {
    stages,
    signal,
    clock,
    broke(error) {
      if (!signal.aborted) parts.stop(toHarmoniError(asFileError(error, parts.settings.outputDir)));
    },
    waits({ position: index, track }, stage) {
      // Most songs of a long list are there, and all of them wait for that to be seen.
      if (stage !== 'present') parts.emit({ type: 'track-waits', index, track, stage });
    },
    async decide(work, stage, result) {
      const before = madeBy(work);
      if ('outcome' in result) {
        if (result.outcome.status === 'done') followUp.filed();
        settle(work, result.outcome);
      }
      const move = 'failure' in result ? followUp.failed(work, stage, result.failure) : undefined;
      for (const made of before) if (!madeBy(work).includes(made)) await removeMade(made);
      return move;
    },
  };
}

function outcomeOf(work: Work, ending: Ending): TrackOutcome {
  const isNowKnown = ending.status === 'done' && isNamedByUpload(work.track);
  const { artist, track } = isNowKnown ? completedTrack(work) : work.track;
  return { artist, track, ...ending };
}

/** Who knows more about songs. */
function servicesOf(parts: JobParts): Pick<StageParts, 'enrichers' | 'sponsorBlock' | 'ear'> {
  const sponsorBlockUrl = parts.config.sponsorblock_url;
  return {
    ear: createJobEar(parts),
    enrichers: enrichers.map((create) => create(parts)),
    sponsorBlock: createSponsorBlock({ ...parts, sponsorBlockUrl, userAgent: userAgent() }),
  };
}

/** What was found for a song is the most of what it weighs, and a job may have ten thousand. */
function lighten(work: Work): void {
  work.candidates = [];
  work.others = [];
  work.made = {};
  work.spare = undefined;
}

/** What there is of a song in the work folder. */
function madeBy({ made, spare }: Work): readonly Made[] {
  return spare === undefined ? [made] : [made, spare.made];
}

/** Removes the work files of a song that has left the stages, or begins anew. */
async function removeMade({ downloaded, converted }: Made): Promise<void> {
  for (const file of [downloaded, converted]) {
    if (file !== undefined) await rm(file.path, { force: true }).catch(() => undefined);
  }
}
