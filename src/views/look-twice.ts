import type { JobEnd } from '../downloads/run-job.ts';
import { closeCalls } from '../engine/look-twice.ts';
import type { Job } from '../history/jobs.ts';
import { thresholds } from '../matching/decide.ts';
import { songs } from '../tracks/song-count.ts';
import type { Prompter } from '../ui/prompter.ts';
import { takeOthers, type TakeParts } from './redo.ts';
import { reviewSongs } from './review-songs.ts';

export type LookTwiceParts = TakeParts & { readonly prompter: Pick<Prompter, 'confirm'> };

const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;

/**
 * After a download: offers the matches that were certain, but only just. Enter means no, and keeps each song that is
 * shown. Another choice replaces the file.
 */
export async function lookTwice(parts: LookTwiceParts, job: Job, end: JobEnd): Promise<void> {
  const calls = closeCalls(job, end);
  if (calls.length === 0 || end.stoppedBy !== undefined) return;
  const [were, them] = calls.length === 1 ? ['was', 'it'] : ['were', 'them'];
  const now = await parts.prompter.confirm({
    message: `${songs(calls.length)} ${were} matched with less than ${percent(thresholds.certain)}. Check ${them} now?`,
    default: false,
    help: 'Shows the least certain match first. If you choose another one, it replaces the file, and the old file goes to the trash.',
  });
  if (now !== true) return;
  const asked = calls.map(({ track, media, confidence }, index) => ({
    track,
    about: `${index + 1} of ${calls.length}, matched with ${percent(confidence)}.`,
    has: media,
    isKept: true,
  }));
  await takeOthers(parts, await reviewSongs(parts, asked, async (reviewed) => reviewed));
}
