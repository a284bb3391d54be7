import { decideTrack } from '../engine/review.ts';
import type { Store } from '../history/store.ts';
import type { Media } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';
import { back } from '../ui/prompter.ts';
import { askForVideo, type AskedSong, type AskForVideoParts } from './ask-for-video.ts';

export type ReviewSongsParts = AskForVideoParts & {
  readonly store: Pick<Store, 'failures' | 'overrides' | 'together'>;
};

/** What was decided for a song. */
export interface Reviewed {
  readonly track: Track;
  /** null: none of them is right. */
  readonly media: Media | null;
}

/** An answer that can be taken back. */
interface Answer {
  readonly at: number;
  readonly reviewed: Reviewed | undefined;
  readonly undo: () => void;
}

/**
 * Asks song by song. Each answer is kept the moment it is given, so whatever ends the asking loses none; the last one can
 * be undone, as long as there is one. Esc ends the asking.
 * @param conclude what comes of it all, asked at the end; 'undo' leads back to the last answer
 */
export async function reviewSongs<T>(
  parts: ReviewSongsParts,
  songs: readonly AskedSong[],
  conclude: (reviewed: readonly Reviewed[]) => Promise<T | 'undo'>,
): Promise<T> {
  const answers: Answer[] = [];
  let at = 0;
  for (;;) {
    const song = songs[at];
    const last = answers.at(-1);
    const before = last === undefined ? undefined : songs[last.at]?.track;
    if (song === undefined) {
      const end = await conclude(answers.flatMap(({ reviewed }) => reviewed ?? []));
      if (end !== 'undo') return end;
      at = undoLast(answers);
      continue;
    }
    const answer = await askForVideo(parts, { ...song, before });
    if (answer === 'undo') {
      at = undoLast(answers);
    } else if (answer === back) {
      at = songs.length;
    } else {
      answers.push(keep(parts, at, song.track, answer));
      at += 1;
    }
  }
}

function keep(
  { store }: ReviewSongsParts,
  at: number,
  track: Track,
  answer: { readonly media: Media | null } | 'later',
): Answer {
  if (answer === 'later') return { at, reviewed: undefined, undo: () => undefined };
  const { media } = answer;
  return { at, reviewed: { track, media }, undo: decideTrack(store, track, media) };
}

/** Returns the place of the song that is asked again. */
function undoLast(answers: Answer[]): number {
  const last = answers.pop();
  last?.undo();
  return last?.at ?? 0;
}
