import { candidatesFor } from '../engine/review.ts';
import { toHarmoniError } from '../errors.ts';
import { candidateLine } from '../matching/candidate-text.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import { minutes } from '../tracks/length-text.ts';
import { songName } from '../tracks/song-name.ts';
import type { FailedUpload } from '../tracks/outcome.ts';
import type { Track } from '../tracks/track.ts';
import { back, type Choice, type Prompter } from '../ui/prompter.ts';
import type { MatchTrack } from '../matching/match.ts';
import { mediaOf } from '../providers/providers.ts';
import type { Provider } from '../providers/provider.ts';
import { isSameMedia, type Media } from '../tracks/media.ts';

/** What the user said of a track: a video or upload, null for "none of these", or nothing. */
export type Decided = { readonly media: Media | null } | 'skip' | typeof back;

export interface AskForVideoParts {
  readonly matchTrack: MatchTrack;
  readonly providers: readonly Provider[];
  readonly prompter: Pick<Prompter, 'select' | 'input' | 'say'>;
  readonly beginWork: () => WorkSignal;
}

/**
 * Shows a track with its candidates and takes a choice. Nothing is played; every candidate has its link.
 * @param about a line that says why it is asked
 * @param known the video or upload that the library has now, and those that could not be had
 */
export async function askForVideo(
  parts: AskForVideoParts,
  track: Track,
  about: string,
  {
    has,
    uploads = [],
  }: { readonly has?: Media | undefined; readonly uploads?: readonly FailedUpload[] } = {},
): Promise<Decided> {
  const { prompter } = parts;
  prompter.say(`\n${songName(track.artist, track.track)}${factsOf(track)}`, 'accent');
  if (about !== '') prompter.say(about, 'dim');
  // Without an answer a link can still be pasted.
  const found = await searched(parts, { track, uploads }).catch((thrown: unknown) => {
    const error = toHarmoniError(thrown);
    if (error.code === 'cancelled') throw error;
    prompter.say(`The search failed: ${error.message}`, 'warn');
    return [];
  });
  const choices: Choice<Decided | 'paste'>[] = found.map(({ candidate, confidence, reasons, failed }) => ({
    value: { media: candidate.media },
    name: candidateLine(track.durationMs, candidate, confidence, failed),
    description: [
      ...(failed === undefined ? [] : [failed.replace(/\.$/, '')]),
      ...(isSameMedia(candidate.media, has) ? ['in your library now'] : []),
      ...reasons,
      candidate.url,
    ].join(', '),
  }));
  const answer = await prompter.select<Decided | 'paste'>({
    message: 'Which match is right?',
    choices: [
      ...choices,
      { value: 'paste', name: 'Paste a link', description: 'A link to the right video or track.' },
      {
        value: { media: null },
        name: 'None of these',
        description: "Don't look for this song again. Undo it with harmoni review remove.",
      },
      { value: 'skip', name: 'Skip', description: 'Decide later.' },
    ],
  });
  if (answer !== 'paste') return answer;
  const link = await prompter.input({
    message: 'Link to the video or track',
    validate: (text) =>
      mediaOf(parts.providers, text) === undefined ? "That isn't a link to a single video or track." : true,
  });
  if (link === back) return 'skip';
  return { media: mediaOf(parts.providers, link) ?? null };
}

async function searched(
  { matchTrack, beginWork }: AskForVideoParts,
  song: { readonly track: Track; readonly uploads: readonly FailedUpload[] },
) {
  const work = beginWork();
  try {
    return await candidatesFor(matchTrack, song, work.signal);
  } finally {
    work.done();
  }
}

function factsOf({ album, durationMs }: Track): string {
  const length = durationMs === undefined ? '' : minutes(durationMs);
  const facts = [album ?? '', length].filter((fact) => fact !== '').join(', ');
  return facts === '' ? '' : ` (${facts})`;
}
