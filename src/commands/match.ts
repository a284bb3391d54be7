import PQueue from 'p-queue';
import type { App } from '../app.ts';
import { toHarmoniError } from '../errors.ts';
import type { Track } from '../tracks/track.ts';
import type { ToneLine } from '../ui/prompter.ts';
import type { Candidate, Match } from '../youtube/finder.ts';
import { videoUrl } from '../youtube/ytdlp-args.ts';
import { readSources } from './read-sources.ts';

/** harmoni match SOURCE...: what would be taken for each track and why; downloads nothing. Returns the exit code. */
export async function runMatch(
  app: App,
  inputs: readonly string[],
  limit: number | undefined,
): Promise<number> {
  const lists = await readSources(app, inputs);
  const searching = new PQueue({ concurrency: 3 });
  const work = app.beginWork();
  let failed = false;
  const matchOne = async (track: Track) => {
    try {
      return described(track, await app.matchTrack(track, work.signal));
    } catch (error) {
      failed = true;
      const { code, message, fix } = toHarmoniError(error);
      return {
        artist: track.artist,
        track: track.track,
        failure: { stage: 'match' as const, code, message, fix },
      };
    }
  };
  try {
    const answers = await Promise.all(
      lists.map(async (list) => ({
        name: list.name,
        tracks: await Promise.all(
          list.tracks.slice(0, limit).map((track) => searching.add(() => matchOne(track))),
        ),
      })),
    );
    for (const list of answers) app.output.lines(list.tracks.flatMap(linesOf));
    app.output.document({ lists: answers });
    return failed ? 1 : 0;
  } finally {
    work.done();
  }
}

function described(track: Track, match: Match) {
  return {
    artist: track.artist,
    track: track.track,
    decision: match.decision,
    confidence: match.confidence,
    pick: match.pick === null ? null : summaryOf(match.pick),
    reasons: match.reasons,
    runnersUp: match.runnersUp.slice(0, 5).map(({ candidate, confidence, reasons }) => ({
      ...summaryOf(candidate),
      confidence,
      reasons,
    })),
    requests: match.requests,
  };
}

function summaryOf(candidate: Candidate) {
  const { videoId, title, channel, artists, kind, durationMs } = candidate;
  return {
    videoId,
    title,
    channel: channel ?? artists.join(', '),
    kind,
    durationMs: durationMs ?? null,
    url: videoUrl(videoId),
  };
}

type Answer =
  ReturnType<typeof described> | { artist: string; track: string; failure: { message: string; fix: string } };

function linesOf(answer: Answer): ToneLine[] {
  const name = answer.artist === '' ? answer.track : `${answer.artist} - ${answer.track}`;
  if ('failure' in answer) return [{ text: `${name}: ${answer.failure.message}`, tone: 'fail' }];
  const tone = { sure: 'ok', unsure: 'warn', none: 'fail' } as const;
  const percent = `${Math.round(answer.confidence * 100)} %`;
  const pick =
    answer.pick === null
      ? []
      : [{ text: `  ${answer.pick.title} (${answer.pick.channel}) ${answer.pick.url}` }];
  return [
    {
      text: `${name}: ${answer.decision}${answer.pick === null ? '' : `, ${percent}`}`,
      tone: tone[answer.decision],
    },
    ...pick,
    ...answer.reasons.map((reason) => ({ text: `    ${reason}`, tone: 'dim' as const })),
  ];
}
