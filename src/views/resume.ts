import { jobSettings } from '../downloads/settings.ts';
import type { JobEnd } from '../downloads/run-job.ts';
import { adoptJob } from '../engine/run.ts';
import { lookTwice, type LookTwiceParts } from './look-twice.ts';
import { offerEar, type OfferEarParts } from './offer-ear.ts';
import { runWithProgress } from './run-with-progress.ts';
import { scanWithProgress } from './scan-library.ts';

export type ResumeParts = LookTwiceParts & OfferEarParts;

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
  const first = await runWithProgress(parts, job, { offersEar: isAsked });
  // Its lists aren't marked as synced, so the next one deals with the rest.
  if (first.stoppedBy === undefined && jobSettings.parse(job.settings).kind === 'sync') {
    parts.output.say('To finish the sync, run harmoni sync. Songs that left your playlists wait for it.');
  }
  if (!isAsked) return first;
  const end = await offerEar(parts, job, first);
  await lookTwice(parts, job, { ...first, stoppedBy: end.stoppedBy });
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
