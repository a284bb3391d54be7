import type { JobEnd } from '../downloads/run-job.ts';
import { chooseFailed } from '../engine/retry.ts';
import { createJob } from '../engine/run.ts';
import type { Wish } from '../engine/wish.ts';
import type { FailedTrack } from '../history/failures.ts';
import { lookTwice, type LookTwiceParts } from './look-twice.ts';
import { offerEar, type OfferEarParts } from './offer-ear.ts';
import { runWithProgress } from './run-with-progress.ts';
import { scanWithProgress } from './scan-library.ts';

export type RetryParts = LookTwiceParts & OfferEarParts;

/**
 * Tries songs again that failed, list by list. undefined comes back when there are none.
 * @param failed all of them, or some
 * @param isAsked whether somebody can be asked afterwards
 */
export async function retryFailed(
  parts: RetryParts,
  accept: Wish['accept'],
  { failed, isAsked }: { readonly failed: readonly FailedTrack[]; readonly isAsked: boolean },
): Promise<JobEnd | undefined> {
  const { store, config } = parts;
  const lists = chooseFailed(store.jobs, failed);
  if (lists.length === 0) {
    parts.output.say('No songs have failed.');
    return undefined;
  }
  await scanWithProgress(parts, config.output_dir);
  const job = createJob(store.jobs, lists, config, { accept, kind: 'retry' });
  const first = await runWithProgress(parts, job, { offersEar: isAsked });
  if (!isAsked) return first;
  const end = await offerEar(parts, job, first);
  await lookTwice(parts, job, { ...first, stoppedBy: end.stoppedBy });
  return end;
}
