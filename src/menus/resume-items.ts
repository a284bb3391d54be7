import type { OpenJob } from '../history/jobs.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { forgetDownloads, type ResumeParts } from '../views/resume.ts';
import type { MenuItem } from './menu.ts';

export type ResumeItemsParts = ResumeParts & { readonly prompter: Pick<Prompter, 'pick' | 'confirm'> };

/** A line for each download that was interrupted, and one for those that nobody wants any more. */
export function resumeItems(parts: ResumeItemsParts): MenuItem[] {
  const jobs = parts.store.jobs.interrupted();
  const items = jobs.map((job) => ({
    name: `Resume ${nameOf(job)}`,
    description: `Started ${new Date(job.createdAt).toLocaleString()}, then interrupted.`,
    run: async () => (await import('../views/resume.ts')).resumeDownload(parts, job.id),
  }));
  if (jobs.length === 0) return items;
  return [
    ...items,
    {
      name: 'Forget an interrupted download',
      description: 'The songs you already have stay.',
      run: () => forget(parts, jobs),
    },
  ];
}

/** '"Evening" (3 of 12 done)' */
const nameOf = ({ names, finished, total }: OpenJob): string =>
  `"${names.join(', ')}" (${finished} of ${total} done)`;

async function forget(parts: ResumeItemsParts, jobs: readonly OpenJob[]): Promise<void> {
  const [only, ...others] = jobs;
  if (only !== undefined && others.length === 0) {
    const yes = await parts.prompter.confirm({ message: `Forget ${nameOf(only)}?`, default: true });
    if (yes === true) forgetDownloads(parts, jobs);
    return;
  }
  const rows = jobs.map((job) => ({ value: job, name: nameOf(job), checked: false }));
  const chosen = await parts.prompter.pick({ message: 'Which downloads should HARMONI forget?', rows });
  if (chosen !== back && chosen.length > 0) forgetDownloads(parts, chosen);
}
