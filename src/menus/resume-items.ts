import type { ResumeParts } from '../views/resume.ts';
import type { MenuItem } from './menu.ts';

/** A line for each download that was interrupted. */
export function resumeItems(parts: ResumeParts): MenuItem[] {
  return parts.store.jobs.interrupted().map((job) => ({
    name: `Resume "${job.names.join(', ')}" (${job.finished} of ${job.total} done)`,
    description: `Started ${new Date(job.createdAt).toLocaleString()}, then interrupted.`,
    run: async () => (await import('../views/resume.ts')).resumeDownload(parts, job.id),
  }));
}
