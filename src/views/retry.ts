import type { JobEnd } from '../downloads/run-job.ts';
import { chooseFailed } from '../engine/retry.ts';
import type { Wish } from '../engine/wish.ts';
import type { Store } from '../history/store.ts';
import { runChosen, type RunChosenParts } from './run-chosen.ts';

export type RetryParts = RunChosenParts & { readonly store: Pick<Store, 'failures'> };

/** Tries everything again that failed, list by list; undefined comes back when nothing has. */
export async function retryFailed(parts: RetryParts, accept: Wish['accept']): Promise<JobEnd | undefined> {
  const { failures, jobs } = parts.store;
  const lists = chooseFailed(jobs, failures.all());
  if (lists.length === 0) {
    parts.output.say('No songs have failed.');
    return undefined;
  }
  return runChosen(parts, lists, { accept, kind: 'retry' });
}
