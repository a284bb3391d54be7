import PQueue from 'p-queue';
import { toHarmoniError } from '../errors.ts';
import { candidateLine, candidateSummary, judgementLines } from '../matching/candidate-text.ts';
import { withOverrides } from '../matching/overrides.ts';
import type { Overrides } from '../history/overrides.ts';
import { songName } from '../tracks/song-name.ts';
import type { Track } from '../tracks/track.ts';
import type { Output } from '../ui/output.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { showReading } from '../ui/show-reading.ts';
import { readLists, type ReadListsParts } from '../views/read-lists.ts';
import type { Match, MatchTrack } from '../matching/match.ts';
import { failureOf } from '../tracks/outcome.ts';

/** One track's answer, for programs and for people. */
interface Answer {
  readonly document: object;
  readonly lines: readonly ToneLine[];
  readonly failed: boolean;
}

export interface MatchParts extends ReadListsParts {
  readonly matchTrack: MatchTrack;
  readonly store: { readonly overrides: Pick<Overrides, 'find'> };
  readonly output: Output;
}

/** harmoni match SOURCE...: what would be taken for each track and why; downloads nothing. Returns the exit code. */
export async function runMatch(
  parts: MatchParts,
  inputs: readonly string[],
  limit: number | undefined,
): Promise<number> {
  const lists = await readLists(parts, inputs);
  const searching = new PQueue({ concurrency: 3 });
  const work = parts.beginWork();
  // What a download would do: the user's own choices win.
  const matchTrack = withOverrides(parts.matchTrack, parts.store.overrides);
  const total = lists.reduce((sum, { tracks }) => sum + Math.min(tracks.length, limit ?? Infinity), 0);
  let done = 0;
  const show = showReading(parts, 'Searching for matches');
  const matchOne = async (track: Track): Promise<Answer | undefined> => {
    try {
      const match = await matchTrack(track, work.signal);
      return { document: documentOf(track, match), lines: linesOf(track, match), failed: false };
    } catch (error) {
      if (work.signal.aborted) return undefined;
      const failure = failureOf('match', toHarmoniError(error));
      return {
        document: { artist: track.artist, track: track.track, failure },
        lines: [{ text: `${songName(track.artist, track.track)}: ${failure.message}`, tone: 'fail' }],
        failed: true,
      };
    } finally {
      done += 1;
      show({ done, total });
    }
  };
  try {
    show({ done, total });
    const matched = await Promise.all(
      lists.map(async ({ name, tracks }) => {
        const searches = tracks.slice(0, limit).map((track) => searching.add(() => matchOne(track)));
        return { name, answers: (await Promise.all(searches)).filter((answer) => answer !== undefined) };
      }),
    );
    parts.progress.end();
    const answers = matched.flatMap((list) => list.answers);
    parts.output.lines(answers.flatMap(({ lines }) => lines));
    work.signal.throwIfAborted();
    parts.output.document({
      lists: matched.map((list) => ({
        name: list.name,
        tracks: list.answers.map(({ document }) => document),
      })),
    });
    return answers.some(({ failed }) => failed) ? 1 : 0;
  } finally {
    parts.progress.end();
    work.done();
  }
}

const runnersUpInJson = 5;
const runnersUpInText = 3;

function documentOf(track: Track, match: Match) {
  return {
    artist: track.artist,
    track: track.track,
    decision: match.decision,
    decidedBy: match.givenBy ?? 'search',
    confidence: match.confidence,
    pick: match.pick === null ? null : candidateSummary(track.durationMs, match.pick),
    reasons: match.reasons,
    doubts: match.doubts,
    runnersUp: match.runnersUp
      .slice(0, runnersUpInJson)
      .map(({ candidate, confidence, reasons, doubts, acceptable }) => ({
        ...candidateSummary(track.durationMs, candidate),
        confidence,
        reasons,
        doubts,
        acceptable,
      })),
    requests: match.requests,
  };
}

const verdicts = {
  sure: { tone: 'ok', text: 'certain, would be downloaded' },
  unsure: { tone: 'warn', text: 'uncertain, would wait for harmoni review' },
  none: { tone: 'fail', text: 'no match' },
} as const;

/** "the search found nothing" */
const asSentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;

function linesOf(
  track: Track,
  { decision, confidence, pick, reasons, doubts, runnersUp, givenBy }: Match,
): ToneLine[] {
  const { tone, text } = verdicts[decision];
  const dim = (line: string): ToneLine => ({ text: line, tone: 'dim' });
  return [
    { text: `${songName(track.artist, track.track)}: ${text}`, tone },
    ...(pick === null
      ? []
      : [
          {
            text: `  ${candidateLine(track.durationMs, pick, givenBy === undefined ? confidence : undefined)}`,
          },
          { text: `  ${pick.url}` },
        ]),
    ...(pick === null ? reasons.map(asSentence) : judgementLines({ reasons, doubts })).map((line) =>
      dim(`    ${line}`),
    ),
    ...(runnersUp.length > 0 ? [dim('  Also considered:')] : []),
    ...runnersUp
      .slice(0, runnersUpInText)
      .flatMap((other) => [
        dim(`    ${candidateLine(track.durationMs, other.candidate, other.confidence)}`),
        ...judgementLines(other).map((line) => dim(`      ${line}`)),
        dim(`      ${other.candidate.url}`),
      ]),
  ];
}
