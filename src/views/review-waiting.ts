import type { JobEnd } from '../downloads/run-job.ts';
import { chooseFailed } from '../engine/retry.ts';
import { decideWaiting, waitingTracks } from '../engine/review.ts';
import type { FailedTrack } from '../history/failures.ts';
import type { Store } from '../history/store.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { askForVideo, type AskForVideoParts } from './ask-for-video.ts';
import { runChosen, type RunChosenParts } from './run-chosen.ts';

export type ReviewWaitingParts = AskForVideoParts &
  RunChosenParts & {
    readonly store: Pick<Store, 'failures' | 'overrides'>;
    readonly prompter: Pick<Prompter, 'confirm'>;
  };

/**
 * Asks track by track; what was decided can be downloaded at once, and its end comes back then. Esc ends the asking.
 */
export async function reviewWaiting(parts: ReviewWaitingParts): Promise<JobEnd | undefined> {
  const { prompter, store } = parts;
  const waiting = waitingTracks(store);
  if (waiting.length === 0) {
    prompter.say('No songs are waiting for review.', 'ok');
    return undefined;
  }
  const decided: FailedTrack[] = [];
  for (const [index, { track, listName, failure, uploads }] of waiting.entries()) {
    const about = `${index + 1} of ${waiting.length}, from "${listName}". ${failure.message}`;
    const answer = await askForVideo(parts, track, about, { uploads });
    if (answer === back) break;
    if (answer === 'skip') continue;
    decideWaiting(store, track, answer.media);
    if (answer.media !== null) decided.push(...store.failures.of(track));
  }
  if (decided.length === 0) return undefined;
  const songs = decided.length === 1 ? 'the song' : `the ${decided.length} songs`;
  const now = await prompter.confirm({ message: `Download ${songs} you chose now?`, default: true });
  if (now !== true) {
    prompter.say('Run harmoni retry to download them later.');
    return undefined;
  }
  return runChosen(parts, chooseFailed(store.jobs, decided), { accept: 'sure', replace: true });
}
