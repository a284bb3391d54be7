import type { App } from '../app.ts';
import { emptyReport } from '../downloads/report.ts';
import { jobSettings } from '../downloads/settings.ts';
import { titleOf } from './download.ts';
import { adoptJob, exitCodeOfReport, runWithProgress, scanned } from './run-downloads.ts';

/** harmoni resume: the newest interrupted job, or the one with this number. Returns the exit code. */
export async function runResume(app: App, id: number | undefined): Promise<number> {
  const wanted = id ?? app.store.jobs.interrupted()[0]?.id;
  if (wanted === undefined) {
    app.output.say('No download was interrupted.');
    app.output.document(emptyReport);
    return 0;
  }
  const job = adoptJob(app, wanted);
  await scanned(app, jobSettings.parse(job.settings).outputDir).catch((error: unknown) => {
    // In a menu this process lives on, and would keep the job for itself.
    app.store.jobs.leave(job.id);
    throw error;
  });
  const { report, stoppedBy } = await runWithProgress(app, job, titleOf(job.lists));
  return exitCodeOfReport(report, stoppedBy);
}
