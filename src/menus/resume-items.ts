import type { ResumeParts } from '../views/resume.ts';
import type { MenuItem } from './menu.ts';

/** A line for each download that was interrupted. */
export function resumeItems(parts: ResumeParts): MenuItem[] {
  return parts.store.jobs.interrupted().map((job) => ({
    name: `Resume "${job.names.join(', ')}" (${job.finished} of ${job.total} done)`,
    description: `Interrupted; begun ${new Date(job.createdAt).toLocaleString()}.`,
    run: async () => (await import('../views/resume.ts')).resumeDownload(parts, job.id),
  }));
}
