import { candidatesFor, waitingTracks } from '../engine/review.ts';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import { candidateLine, candidateSummary } from '../matching/candidate-text.ts';
import { songName } from '../tracks/song-name.ts';
import { reviewWaiting, type ReviewWaitingParts } from '../views/review-waiting.ts';
import { exitCodeOfEnd } from '../views/run-with-progress.ts';
import { listDecisions, runExport, runImport, runRemove } from './review-decisions.ts';
import { runRedo, type RedoCommandParts } from './review-redo.ts';
import type { ReviewVerb } from './review-verbs.ts';

export type ReviewParts = ReviewWaitingParts & RedoCommandParts & { readonly interactive: boolean };

const usages: Readonly<Record<ReviewVerb, readonly [least: number, most: number, usage: string]>> = {
  list: [0, 0, ''],
  remove: [1, 1, ' "ARTIST - TITLE"'],
  export: [1, 1, ' FILE.csv'],
  import: [1, 1, ' FILE.csv'],
  redo: [1, 2, ' "ARTIST - TITLE" [LINK]'],
};

/** harmoni review [VERB ARGS]. Without a verb: decide what waits, or list it where nobody can be asked. */
export async function runReviewCommand(
  parts: ReviewParts,
  verb: ReviewVerb | undefined,
  args: readonly string[],
): Promise<number> {
  if (verb === undefined) return parts.interactive ? decideWaiting(parts) : listWaiting(parts);
  const [least, most, usage] = usages[verb];
  const [first = '', second] = args;
  if (args.length < least || args.length > most) {
    throw new HarmoniError('usage', `Usage: harmoni review ${verb}${usage}`, {
      fix: 'Put names with spaces in quotes.',
    });
  }
  switch (verb) {
    case 'list':
      return listDecisions(parts);
    case 'remove':
      return runRemove(parts, first);
    case 'export':
      return runExport(parts, first);
    case 'import':
      return runImport(parts, first);
    case 'redo':
      return runRedo(parts, first, second);
  }
}

async function decideWaiting(parts: ReviewParts): Promise<number> {
  const end = await reviewWaiting(parts);
  return end === undefined ? 0 : exitCodeOfEnd(end);
}

/** What waits, with its candidates. */
async function listWaiting(parts: ReviewParts): Promise<number> {
  const waiting = [];
  for (const { track, listName, status, failure, uploads } of waitingTracks(parts.store)) {
    const candidates = await searched(parts, { track, uploads }).catch((thrown: unknown) => {
      if (toHarmoniError(thrown).code === 'cancelled') throw thrown;
      return [];
    });
    waiting.push({
      artist: track.artist,
      track: track.track,
      spotifyUri: track.spotifyUri ?? null,
      list: listName,
      status,
      message: failure.message,
      candidates: candidates.map(({ candidate, confidence, reasons, doubts, failed, heard }) => ({
        ...candidateSummary(track.durationMs, candidate),
        confidence,
        reasons,
        doubts,
        ...(failed === undefined ? {} : { failed }),
        ...(heard === undefined ? {} : { heard }),
      })),
    });
    parts.output.lines([
      { text: `${songName(track.artist, track.track)}: ${failure.message}` },
      ...candidates.slice(0, 3).map((one) => ({
        text: `  ${candidateLine(track.durationMs, one.candidate, one.confidence, one)} · ${one.candidate.url}`,
        tone: 'dim' as const,
      })),
    ]);
  }
  if (waiting.length === 0) parts.output.say('No songs are waiting for review.');
  else parts.output.say('Run harmoni review in a terminal, or harmoni review redo "ARTIST - TITLE" LINK.');
  parts.output.document({ waiting });
  return 0;
}

async function searched({ matchTrack, beginWork }: ReviewParts, song: Parameters<typeof candidatesFor>[1]) {
  const work = beginWork();
  try {
    return await candidatesFor(matchTrack, song, work.signal);
  } finally {
    work.done();
  }
}
