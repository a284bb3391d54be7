import { toHarmoniError, type ErrorCode, type HarmoniError } from '../errors.ts';
import { mediaText, type Media } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';
import type { Candidate } from './candidate.ts';
import type { Finder, Match, MatchTrack } from './match.ts';
import { decide } from './decide.ts';
import { queriesFor, type Query } from './queries.ts';
import { scoreCandidates, type Find } from './score.ts';

/** Results of one search that are looked at. */
const resultsPerQuery = 20;
/** Candidates of a track that are kept, over all its searches. */
const candidatesKept = 80;

/** After these the other exact searches of a provider would fail the same way. */
const unreachable: ReadonlySet<ErrorCode> = new Set([
  'music-blocked',
  'network-unreachable',
  'network-timeout',
]);

export interface MatchDeps {
  /** Who is searched, in this order. */
  readonly finders: readonly Finder[];
  /** The page of what a source or the user named. */
  readonly urlOf: (media: Media) => string;
}

/** What the searches for one track have brought up so far. */
interface Search {
  readonly track: Track;
  readonly finds: Map<string, Find>;
  readonly failures: HarmoniError[];
  requests: number;
  match: Match | undefined;
}

/**
 * The search strategy: one provider after the other, and of each one search after the other, from the most to the least
 * exact, until one makes it sure: who has a song for sure keeps the next provider from being asked. A search that fails
 * is passed over and named in the reasons; where YouTube Music refuses or cannot be reached, its other searches are not
 * tried. A track that names its video is not searched at all.
 * @throws HarmoniError the last failure of the first provider where each of its searches failed, unless another one has the
 *   song for sure
 */
export function createMatchTrack({ finders, urlOf }: MatchDeps): MatchTrack {
  return async (track, signal) => {
    if (track.media !== undefined) return named(track, track.media, urlOf(track.media));
    const search: Search = { track, finds: new Map(), failures: [], requests: 0, match: undefined };
    let unanswered: HarmoniError | undefined;
    for (const [place, finder] of finders.entries()) {
      const failure = await ask(finder, search, signal);
      if (place === 0) unanswered = failure;
      if (search.match?.decision === 'sure') break;
    }
    const { requests, failures } = search;
    // The first one has most songs: where it did not answer at all, that is a failure, not a track without a match.
    if (unanswered !== undefined && search.match?.decision !== 'sure') throw unanswered;
    const match = search.match ?? decide(track, [], requests);
    const notes = failures.map((failure) => `a search failed: ${failure.message}`);
    return { ...match, requests, reasons: [...match.reasons, ...notes] };
  };
}

/** Asks one provider until a search makes it sure. Returns its last failure where every search failed. */
async function ask(finder: Finder, search: Search, signal: AbortSignal): Promise<HarmoniError | undefined> {
  const failures: HarmoniError[] = [];
  let isAnswered = false;
  for (const query of queriesFor(search.track)) {
    if (!finder.searches.includes(query.kind)) continue;
    if (query.kind !== 'plain' && failures.some(({ code }) => unreachable.has(code))) continue;
    signal.throwIfAborted();
    search.requests += 1;
    try {
      add(search.finds, await finder.search(query.kind, query.text, signal), query);
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      failures.push(toHarmoniError(thrown));
      continue;
    }
    isAnswered = true;
    const scored = scoreCandidates(search.track, [...search.finds.values()]);
    search.match = decide(search.track, scored, search.requests);
    if (search.match.decision === 'sure') break;
  }
  search.failures.push(...failures);
  return isAnswered ? undefined : failures.at(-1);
}

function add(finds: Map<string, Find>, results: readonly Candidate[], { kind }: Query): void {
  results.slice(0, resultsPerQuery).forEach((candidate, rank) => {
    const key = mediaText(candidate.media);
    const known = finds.get(key);
    if (known === undefined && finds.size >= candidatesKept) return;
    // The first search to bring it up is the more exact one, and knows more about it.
    if (known === undefined) finds.set(key, { candidate, rank, byIsrc: kind === 'isrc' });
  });
}

function named(track: Track, media: Media, url: string): Match {
  return {
    decision: 'sure',
    confidence: 1,
    pick: {
      media,
      url,
      title: track.track,
      kind: 'video',
      artists: track.artists,
      ...(track.durationMs === undefined ? {} : { durationMs: track.durationMs }),
    },
    reasons: ['the source names this video'],
    doubts: [],
    runnersUp: [],
    requests: 0,
    givenBy: 'source',
  };
}
