import { retriable, waitingTracks } from '../engine/review.ts';
import type { RetryParts } from '../views/retry.ts';
import type { ReviewWaitingParts } from '../views/review-waiting.ts';
import type { MenuItem } from './menu.ts';

export type OpenSongParts = RetryParts & ReviewWaitingParts;

/** What earlier downloads left open. A song is counted once: it waits for another try or for a decision. */
export function openSongItems(parts: OpenSongParts): MenuItem[] {
  const { failed, songs } = retriable(parts.store);
  const waiting = waitingTracks(parts.store);
  const retry: MenuItem = {
    name: `Retry failed songs (${songs})`,
    description: failed[0]?.failure.message ?? '',
    run: async () =>
      (await import('../views/retry.ts')).retryFailed(parts, 'sure', { failed, isAsked: true }),
  };
  const review: MenuItem = {
    name: `Review uncertain matches (${waiting.length})`,
    description: 'Choose a match, paste a link, or leave the song out.',
    run: async () => (await import('../views/review-waiting.ts')).reviewWaiting(parts),
  };
  return [...(songs > 0 ? [retry] : []), ...(waiting.length > 0 ? [review] : [])];
}
