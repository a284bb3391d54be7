import type { ListenParts } from '../engine/listen.ts';
import type { OpenEarParts } from '../ear/open-ear.ts';
import { candidatesFor } from '../engine/review.ts';
import { toHarmoniError } from '../errors.ts';
import { candidateLine, judgementLines } from '../matching/candidate-text.ts';
import { safestCandidate, type ReviewCandidate } from '../matching/review-list.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import { minutes } from '../tracks/length-text.ts';
import { heardText } from '../tracks/heard-text.ts';
import { songName } from '../tracks/song-name.ts';
import type { FailedUpload } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';
import { back, type Choice, type Prompter } from '../ui/prompter.ts';
import type { MatchTrack } from '../matching/match.ts';
import type { Provider } from '../providers/provider.ts';
import { mediaOf } from '../providers/providers.ts';
import { isSameMedia, type Media } from '../tracks/media.ts';
import { candidateKeys } from './candidate-keys.ts';

/** What the user said of a track: a video or upload, null for "none of these", or nothing. */
export type Decided = { readonly media: Media | null } | 'later' | 'undo' | typeof back;

export interface AskForVideoParts extends ListenParts, OpenEarParts {
  readonly matchTrack: MatchTrack;
  readonly providers: readonly Provider[];
  readonly prompter: Pick<Prompter, 'select' | 'input' | 'say'>;
  readonly beginWork: () => WorkSignal;
}

/** The song that a match is chosen for. */
export interface AskedSong {
  readonly track: Track;
  /** A line that says why it is asked. */
  readonly about?: string;
  /** The video or upload that the library has now. */
  readonly has?: Media | undefined;
  /** It's probably right: the cursor starts on keeping it. */
  readonly isKept?: boolean;
  /** Those that could not be had. */
  readonly uploads?: readonly FailedUpload[];
  /** The song that was answered before this one, whose answer may be undone. */
  readonly before?: Track | undefined;
}

/** Shows a track with its candidates and takes a choice. Esc in the line for a link leads back to the candidates. */
export async function askForVideo(parts: AskForVideoParts, song: AskedSong): Promise<Decided> {
  const { prompter } = parts;
  const { track, about = '' } = song;
  prompter.say(`\n${songName(track.artist, track.track)}${factsOf(track)}`, 'accent');
  if (about !== '') prompter.say(about, 'dim');
  const found = await searched(parts, song);
  const candidates = found.map((one): Choice<Decided> => asChoice(song, one));
  const kept = found.find(({ candidate }) => isSameMedia(candidate.media, song.has));
  const others = otherChoices(song, kept);
  const safest = song.isKept === true ? undefined : safestCandidate(found, song.has);
  let cursor: Decided | 'paste' =
    candidates[safest === undefined ? -1 : found.indexOf(safest)]?.value ?? 'later';
  const keys = candidateKeys(parts, track, (value: Decided | 'paste') => {
    const at = candidates.findIndex((one) => one.value === value);
    return value === 'later' ? kept : found[at];
  });
  for (;;) {
    const answer: Decided | 'paste' = await prompter.select<Decided | 'paste'>({
      message: 'Which match is right?',
      choices: [...candidates, ...others],
      default: cursor,
      ...(found.length === 0 ? {} : { keys }),
    });
    if (answer !== 'paste') return answer;
    cursor = 'paste';
    const link = await prompter.input({
      message: 'Link to the video or track:',
      validate: (text) =>
        mediaOf(parts.providers, text) === undefined ? "That isn't a link to a single video or track." : true,
    });
    if (link !== back) return { media: mediaOf(parts.providers, link) ?? null };
  }
}

function asChoice({ track, has }: AskedSong, one: ReviewCandidate): Choice<Decided> {
  const { candidate, confidence, failed, heard } = one;
  return {
    value: { media: candidate.media },
    name: candidateLine(track.durationMs, candidate, confidence, one),
    description: [
      ...(failed === undefined ? [] : [failed]),
      ...(heard === undefined ? [] : [heardText(heard)]),
      ...(isSameMedia(candidate.media, has) ? ['This one is in your library now.'] : []),
      ...judgementLines(one),
      candidate.url,
    ].join('\n'),
  };
}

/** What can be answered besides a candidate. */
function otherChoices(
  { has, before }: AskedSong,
  kept: ReviewCandidate | undefined,
): readonly Choice<Decided | 'paste'>[] {
  const undo: Choice<Decided> = {
    value: 'undo',
    name: 'Undo the last answer',
    description: before === undefined ? '' : `Go back to ${songName(before.artist, before.track)}.`,
  };
  return [
    { value: 'paste', name: 'Paste a link', description: 'A link to the right video or track.' },
    {
      value: { media: null },
      name: 'None of these',
      description: "Leave this song out, and don't look for it again.",
    },
    has === undefined
      ? { value: 'later', name: 'Decide later', description: 'Leave this song for now.' }
      : { value: 'later', name: 'Keep it as it is', description: keptText(kept) },
    ...(before === undefined ? [] : [undo]),
  ];
}

function keptText(kept: ReviewCandidate | undefined): string {
  return kept === undefined ? 'Your file stays.' : [...judgementLines(kept), kept.candidate.url].join('\n');
}

/** Without an answer of the search a link can still be pasted. */
async function searched(
  { matchTrack, beginWork, prompter }: AskForVideoParts,
  { track, uploads = [] }: AskedSong,
): Promise<readonly ReviewCandidate[]> {
  const work = beginWork();
  try {
    return await candidatesFor(matchTrack, { track, uploads }, work.signal);
  } catch (thrown) {
    const error = toHarmoniError(thrown);
    if (error.code === 'cancelled') throw error;
    prompter.say(`The search failed: ${error.message}`, 'warn');
    return [];
  } finally {
    work.done();
  }
}

function factsOf({ album, durationMs }: Track): string {
  const length = durationMs === undefined ? '' : minutes(durationMs);
  const facts = [album ?? '', length].filter((fact) => fact !== '').join(', ');
  return facts === '' ? '' : ` (${facts})`;
}
