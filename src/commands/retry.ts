import { emptyReport } from '../downloads/report.ts';
import type { Wish } from '../engine/wish.ts';
import { retryFailed, type RetryParts } from '../views/retry.ts';
import { exitCodeOfEnd } from '../views/run-with-progress.ts';

/** harmoni retry: everything that failed, list by list. Returns the exit code. */
export async function runRetry(parts: RetryParts, accept: Wish['accept'], isAsked = false): Promise<number> {
  const end = await retryFailed(parts, accept, { failed: parts.store.failures.all(), isAsked });
  if (end !== undefined) return exitCodeOfEnd(end);
  parts.output.document(emptyReport);
  return 0;
}
