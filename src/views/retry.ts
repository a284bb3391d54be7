import type { JobEnd } from '../downloads/run-job.ts';
import { chooseFailed } from '../engine/retry.ts';
import type { Wish } from '../engine/wish.ts';
import type { FailedTrack } from '../history/failures.ts';
import type { Store } from '../history/store.ts';
import { runChosen, type RunChosenParts } from './run-chosen.ts';

export type RetryParts = RunChosenParts & { readonly store: Pick<Store, 'failures'> };

/** Tries songs again that failed, list by list: all of them, or some. undefined comes back when there are none. */
export async function retryFailed(
  parts: RetryParts,
  accept: Wish['accept'],
  failed: readonly FailedTrack[] = parts.store.failures.all(),
): Promise<JobEnd | undefined> {
  const lists = chooseFailed(parts.store.jobs, failed);
  if (lists.length === 0) {
    parts.output.say('No songs have failed.');
    return undefined;
  }
  return runChosen(parts, lists, { accept });
}
