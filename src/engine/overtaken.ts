import { jobSettings } from '../downloads/settings.ts';
import type { Jobs } from '../history/jobs.ts';
import type { SyncedList } from './sync.ts';

/**
 * Ends the syncs that were interrupted and whose lists this one brings up to date: resuming one would make the playlist
 * files again what they were then.
 */
export function endOvertaken(
  jobs: Pick<Jobs, 'interrupted' | 'adopt' | 'leave' | 'end'>,
  lists: readonly SyncedList[],
  outputDir: string,
): void {
  const planned = new Set(
    lists.flatMap((one) =>
      one.kind === 'planned' && one.plan.held === undefined ? one.plan.list.origin : [],
    ),
  );
  for (const { id } of jobs.interrupted()) {
    const job = jobs.adopt(id);
    if (job === undefined) continue;
    const settings = jobSettings.safeParse(job.settings).data;
    const isOvertaken =
      settings?.kind === 'sync' &&
      settings.outputDir === outputDir &&
      job.lists.every(({ origin }) => planned.has(origin));
    if (isOvertaken) jobs.end(id);
    else jobs.leave(id);
  }
}
