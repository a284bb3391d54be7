import type { JobEvent } from '../downloads/job-events.ts';
import { runJob, type JobEnd } from '../downloads/run-job.ts';
import type { DownloadDeps } from '../downloads/job-parts.ts';
import { jobSettings } from '../downloads/settings.ts';
import { titleOf } from '../downloads/title-of.ts';
import { HarmoniError } from '../errors.ts';
import type { Job, Jobs } from '../history/jobs.ts';
import type { Log } from '../system/log.ts';
import { keepHeapSmall } from '../system/small-heap.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { JobReport } from '../tracks/outcome.ts';
import { addAfterwards } from './add-afterwards.ts';
import type { Chosen } from './choice.ts';
import { settingsOf, type JobConfig, type Wish } from './wish.ts';

/** Starts a new job with what was chosen: from here on a kill loses only the songs in flight. */
export function createJob(
  jobs: Pick<Jobs, 'create'>,
  chosen: readonly Chosen[],
  config: JobConfig,
  wish: Wish,
): Job {
  return jobs.create(chosen, settingsOf(config, wish));
}

/** Takes over an interrupted job. @throws HarmoniError usage, when it is finished or somebody works on it */
export function adoptJob(jobs: Pick<Jobs, 'adopt'>, id: number): Job {
  const job = jobs.adopt(id);
  if (job === undefined) {
    throw new HarmoniError('usage', 'That download has finished, or another HARMONI is working on it.', {
      fix: 'Check the other window, or start a new download.',
    });
  }
  return job;
}

/** A job of so many songs would fill the memory of a small machine; for a shorter one speed is worth more. */
const longJob = 500;

/** What running a job takes. */
export interface RunDeps {
  readonly jobs: Pick<Jobs, 'leave'>;
  readonly log: Log;
  readonly beginWork: () => WorkSignal;
  readonly downloadDeps: () => DownloadDeps;
}

/**
 * Runs a job to its end and tells what happens on the way. One that is not begun any more, because of an interrupt just
 * before, is left for resume.
 * @throws HarmoniError cancelled, when it is not begun
 */
export async function run(
  job: Job,
  { jobs, log, beginWork, downloadDeps }: RunDeps,
  emit: (event: JobEvent) => void,
): Promise<JobEnd> {
  if (job.tracks.length >= longJob) keepHeapSmall();
  const work = beginOrLeave(job, jobs, beginWork);
  try {
    const settings = jobSettings.parse(job.settings);
    log.write('info', 'download started', { job: job.id, list: titleOf(job.lists) });
    const deps = downloadDeps();
    const end = await runJob(job, settings, deps, work.signal, emit);
    log.write('info', 'download ended', { job: job.id, ...end.report.summary });
    return await addAfterwards({ job, settings, deps, signal: work.signal, emit }, end);
  } finally {
    work.done();
  }
}

function beginOrLeave(job: Job, jobs: Pick<Jobs, 'leave'>, beginWork: () => WorkSignal): WorkSignal {
  try {
    return beginWork();
  } catch (error) {
    jobs.leave(job.id);
    throw error;
  }
}

/** Whether everything that was asked for is there. Pure. */
export function isComplete({ report, stoppedBy }: JobEnd): boolean {
  return stoppedBy === undefined && openSongs(report) === 0;
}

/** Songs that are not there at the end. Pure. */
function openSongs({ summary }: JobReport): number {
  return summary.failed + summary.none + summary.unsure + summary.cancelled;
}
