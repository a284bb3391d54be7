import type { App } from '../app.ts';
import type { MenuItem } from './menu.ts';

/** A line for each download that was interrupted. */
export function resumeItems(app: App): MenuItem[] {
  return app.store.jobs.interrupted().map((job) => ({
    name: `Resume "${job.names.join(', ')}" (${job.finished} of ${job.total} done)`,
    description: `Interrupted; begun ${new Date(job.createdAt).toLocaleString()}.`,
    run: async () => (await import('../commands/resume.ts')).runResume(app, job.id),
  }));
}
