import { toHarmoniError, type ErrorCode, type HarmoniError } from '../errors.ts';
import type { Track } from '../tracks/track.ts';
import type { Candidate } from './candidate.ts';
import type { Finder, Match, MatchTrack } from './match.ts';
import { decide } from './decide.ts';
import { queriesFor, type Query } from './queries.ts';
import { scoreCandidates, type Find } from './score.ts';

/** Results of one search that are looked at. */
const resultsPerQuery = 20;
/** Candidates of a track that are kept, over all its searches. */
const candidatesKept = 60;

/** After these the other searches of YouTube Music would fail the same way. */
const unreachable: ReadonlySet<ErrorCode> = new Set([
  'music-blocked',
  'network-unreachable',
  'network-timeout',
]);

/**
 * The search strategy: one search after the other, from the most to the least exact, until one makes it sure.
 * A search that fails is passed over and named in the reasons; where YouTube Music refuses or cannot be reached, its
 * other searches are not tried. A track that names its video is not searched at all.
 * @throws HarmoniError the last failure, when every search failed
 */
export function createMatchTrack({ finder }: { readonly finder: Finder }): MatchTrack {
  return async (track, signal) => {
    if (track.youtubeId !== undefined) return named(track, track.youtubeId);
    const finds = new Map<string, Find>();
    const failures: HarmoniError[] = [];
    let requests = 0;
    let match: Match | undefined;
    for (const query of queriesFor(track)) {
      if (query.kind !== 'plain' && failures.some(({ code }) => unreachable.has(code))) continue;
      signal.throwIfAborted();
      requests += 1;
      try {
        const results = await finder.search(query.kind, query.text, signal);
        add(finds, results, query);
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        failures.push(toHarmoniError(thrown));
        continue;
      }
      match = decide(track, scoreCandidates(track, [...finds.values()]), requests);
      if (match.decision === 'sure') break;
    }
    // Nothing answered at all: that is a failure, not a track without a match.
    const lastFailure = failures.at(-1);
    if (match === undefined && lastFailure !== undefined) throw lastFailure;
    match ??= decide(track, [], requests);
    const notes = failures.map((failure) => `a search failed: ${failure.message}`);
    return { ...match, requests, reasons: [...match.reasons, ...notes] };
  };
}

function add(finds: Map<string, Find>, results: readonly Candidate[], { kind }: Query): void {
  results.slice(0, resultsPerQuery).forEach((candidate, rank) => {
    const known = finds.get(candidate.videoId);
    if (known === undefined && finds.size >= candidatesKept) return;
    // The first search to bring it up is the more exact one, and knows more about it.
    if (known === undefined) finds.set(candidate.videoId, { candidate, rank, byIsrc: kind === 'isrc' });
  });
}

function named(track: Track, videoId: string): Match {
  return {
    decision: 'sure',
    confidence: 1,
    pick: {
      videoId,
      title: track.track,
      kind: 'video',
      artists: track.artists,
      ...(track.durationMs === undefined ? {} : { durationMs: track.durationMs }),
    },
    reasons: ['the source named the video'],
    runnersUp: [],
    requests: 0,
    givenBy: 'source',
  };
}
