import type { JobEnd } from '../downloads/run-job.ts';
import type { Chosen } from '../engine/choice.ts';
import { createJob } from '../engine/run.ts';
import type { JobConfig, Wish } from '../engine/wish.ts';
import { runWithProgress, type RunParts } from './run-with-progress.ts';
import { scanWithProgress, type ScanParts } from './scan-library.ts';

export type RunChosenParts = RunParts & ScanParts & { readonly config: JobConfig };

/** Downloads songs that were chosen before: those that failed, those that were decided. */
export async function runChosen(
  parts: RunChosenParts,
  chosen: readonly Chosen[],
  wish: Wish,
): Promise<JobEnd> {
  const { config, store } = parts;
  await scanWithProgress(parts, config.output_dir);
  return runWithProgress(parts, createJob(store.jobs, chosen, config, wish));
}
