import type { JobEnd } from '../downloads/run-job.ts';
import { redoableFile } from '../engine/review.ts';
import { isRechoosable, type Finding } from '../library/verify/findings.ts';
import { heardText } from '../tracks/heard-text.ts';
import { sameTrack } from '../tracks/identity.ts';
import { songs } from '../tracks/song-count.ts';
import type { Prompter } from '../ui/prompter.ts';
import type { AskedSong } from './ask-for-video.ts';
import { takeOthers, type TakeParts } from './redo.ts';
import { reviewSongs } from './review-songs.ts';

export type OtherMatchesParts = TakeParts & { readonly prompter: Pick<Prompter, 'confirm'> };

export interface OtherMatchesOptions {
  readonly isRepair: boolean;
  readonly isYes: boolean;
  readonly isAsked: boolean;
  /** Set where songs were compared just now: Deezer may then be asked, whatever the setting says. */
  readonly ear?: object | undefined;
}

/**
 * Offers to choose other matches for songs that were heard to be another recording, or doubtful, the worst first. Each
 * replaces the file. Nothing is offered where nobody can choose.
 */
export async function offerOtherMatches(
  parts: OtherMatchesParts,
  findings: readonly Finding[],
  { isRepair, isYes, isAsked, ear }: OtherMatchesOptions,
): Promise<JobEnd | undefined> {
  const wrong = findings
    .filter(isRechoosable)
    .toSorted((a, b) => Number(a.cause === 'doubtful') - Number(b.cause === 'doubtful'));
  if (wrong.length === 0 || isYes || !(isRepair || isAsked)) return undefined;
  const asked: AskedSong[] = [];
  for (const { song } of wrong) {
    if (song === undefined) continue;
    const { track, media } = await redoableFile(parts.store.jobs, song.file);
    if (asked.some((one) => sameTrack(one.track, track))) continue;
    const { heard } = song.facts;
    asked.push({ track, has: media, ...(heard === undefined ? {} : { about: `${heardText(heard)}.` }) });
  }
  const one = asked.length === 1;
  const now = await parts.prompter.confirm({
    message: `${songs(asked.length)} may be the wrong recording. Choose ${one ? 'another match' : 'other matches'} now?`,
    default: true,
    help: 'Shows the matches of each song. If you choose another one, it replaces the file, and the old file goes to the trash.',
  });
  if (now !== true) return undefined;
  const config = ear === undefined ? parts.config : { ...parts.config, verify_by_ear: 'uncertain' as const };
  return takeOthers(parts, await reviewSongs({ ...parts, config }, asked, async (reviewed) => reviewed));
}
