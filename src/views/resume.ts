import { jobSettings } from '../downloads/settings.ts';
import type { JobEnd } from '../downloads/run-job.ts';
import { adoptJob } from '../engine/run.ts';
import { lookTwice, type LookTwiceParts } from './look-twice.ts';
import { runWithProgress } from './run-with-progress.ts';
import { scanWithProgress } from './scan-library.ts';

export type ResumeParts = LookTwiceParts;

/**
 * Goes on with an interrupted job.
 * @param id without it the newest; undefined comes back when there is none
 * @param isAsked whether somebody can be asked afterwards
 * @throws HarmoniError usage, when it is finished or somebody works on it
 */
export async function resumeDownload(
  parts: ResumeParts,
  id: number | undefined,
  isAsked = true,
): Promise<JobEnd | undefined> {
  const wanted = id ?? parts.store.jobs.interrupted()[0]?.id;
  if (wanted === undefined) {
    parts.output.say("There's no interrupted download.");
    return undefined;
  }
  const job = adoptJob(parts.store.jobs, wanted);
  await scanWithProgress(parts, jobSettings.parse(job.settings).outputDir).catch((error: unknown) => {
    // In a menu this process lives on, and would keep the job for itself.
    parts.store.jobs.leave(job.id);
    throw error;
  });
  const end = await runWithProgress(parts, job);
  if (isAsked) await lookTwice(parts, job, end);
  return end;
}

/** Ends interrupted jobs without downloading the rest. What they fetched is swept with the next download's work files. */
export function forgetDownloads(
  { store, output }: Pick<ResumeParts, 'output'> & { readonly store: Pick<ResumeParts['store'], 'jobs'> },
  jobs: readonly { readonly id: number }[],
): void {
  for (const { id } of jobs) store.jobs.end(adoptJob(store.jobs, id).id);
  const many = jobs.length === 1 ? 'the interrupted download' : `${jobs.length} interrupted downloads`;
  output.say(`Forgot ${many}. The songs you already have stay.`);
}
