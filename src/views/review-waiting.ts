import type { JobEnd } from '../downloads/run-job.ts';
import { chooseFailed } from '../engine/retry.ts';
import { hearableFailures } from '../engine/hearable.ts';
import { waitingTracks } from '../engine/review.ts';
import type { FailedTrack } from '../history/failures.ts';
import { sameTrack } from '../tracks/identity.ts';
import { songs } from '../tracks/song-count.ts';
import type { Track } from '../tracks/track.ts';
import { back, type Choice, type Prompter } from '../ui/prompter.ts';
import { compareWithPreviews, type OfferEarParts } from './offer-ear.ts';
import { reviewSongs, type Reviewed, type ReviewSongsParts } from './review-songs.ts';
import { runChosen, type RunChosenParts } from './run-chosen.ts';

export type ReviewWaitingParts = ReviewSongsParts & RunChosenParts & OfferEarParts;

/** Asks track by track; what was decided can be downloaded at once, and its end comes back then. */
export async function reviewWaiting(parts: ReviewWaitingParts): Promise<JobEnd | undefined> {
  const heard = await compareWithPreviews(parts, hearableFailures(waitingTracks(parts.store)));
  if (heard?.stoppedBy !== undefined) return heard;
  const waiting = waitingTracks(parts.store);
  if (waiting.length === 0) {
    parts.prompter.say('No songs are waiting for review.', 'ok');
    return heard;
  }
  return reviewThese(parts, waiting, (reviewed) => confirmDownload(parts.prompter, reviewed));
}

/** The same for the one song that was just asked for: what is chosen is downloaded without another question. */
export async function reviewOnly(parts: ReviewWaitingParts, only: Track): Promise<JobEnd | undefined> {
  const waiting = waitingTracks(parts.store).filter(({ track }) => sameTrack(track, only));
  return waiting.length === 0 ? undefined : reviewThese(parts, waiting, async () => 'now');
}

type Confirmed = 'now' | 'later' | 'undo';
type Confirm = (reviewed: readonly Reviewed[]) => Promise<Confirmed>;

/** Asks for some of the songs that wait. @param confirm whether to download what was chosen */
async function reviewThese(
  parts: ReviewWaitingParts,
  waiting: readonly FailedTrack[],
  confirm: Confirm,
): Promise<JobEnd | undefined> {
  const { prompter, store } = parts;
  const asked = waiting.map(({ track, listName, listFolder, failure, uploads }, index) => {
    const place = waiting.length === 1 ? [] : [`${index + 1} of ${waiting.length}`];
    // The list of a single song bears its name.
    const list = listFolder === 'own' ? [`from "${listName}"`] : [];
    const where = [...place, ...list].join(', ');
    return { track, about: `${where === '' ? '' : `${where}. `}${failure.message}`, uploads };
  });
  const { chosen, confirmed } = await reviewSongs(parts, asked, async (reviewed) => {
    const answer = await confirm(reviewed);
    if (answer === 'undo') return answer;
    return { chosen: reviewed.filter(({ media }) => media !== null), confirmed: answer };
  });
  if (chosen.length === 0) return undefined;
  if (confirmed === 'later') {
    const them = chosen.length === 1 ? "It's" : "They're";
    prompter.say(`${them} downloaded the next time you retry failed songs.`);
    return undefined;
  }
  const failed = chosen.flatMap(({ track }) => store.failures.of(track));
  return runChosen(parts, chooseFailed(store.jobs, failed), { accept: 'sure', replace: true });
}

async function confirmDownload(
  prompter: Pick<Prompter, 'select'>,
  reviewed: readonly Reviewed[],
): Promise<Confirmed> {
  if (reviewed.length === 0) return 'later';
  const chosen = reviewed.filter(({ media }) => media !== null).length;
  const what = chosen === 1 ? 'the song' : `the ${chosen} songs`;
  const download: Choice<Confirmed>[] = [
    { value: 'now', name: 'Download now' },
    { value: 'later', name: 'Not now', description: 'Your choices are saved.' },
  ];
  const answer = await prompter.select<Confirmed>({
    message: chosen > 0 ? `Download ${what} you chose now?` : `You left out ${songs(reviewed.length)}.`,
    choices: [
      ...(chosen > 0 ? download : [{ value: 'later' as const, name: 'Done' }]),
      { value: 'undo', name: 'Undo the last answer' },
    ],
  });
  return answer === back ? 'later' : answer;
}
