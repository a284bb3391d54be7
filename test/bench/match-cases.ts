import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { decide, isSameRecording } from '../../src/matching/decide.ts';
import { scoreCandidates, type Find } from '../../src/matching/score.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import type { Match } from '../../src/matching/match.ts';

/** A labelled case: a track, what a search answered, which answers are known right (accept) and wrong (reject). */
const caseSchema = z.object({
  id: z.string(),
  track: z.object({
    name: z.string(),
    artists: z.array(z.string()),
    album: z.string().nullish(),
    durationSeconds: z.number().nullish(),
    isrc: z.string().nullish(),
    explicit: z.boolean().nullish(),
  }),
  candidates: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['song', 'official-video', 'user-video', 'video']),
      title: z.string(),
      artists: z.array(z.string()).nullish(),
      channel: z.string().nullish(),
      channelVerified: z.boolean().nullish(),
      album: z.string().nullish(),
      durationSeconds: z.number().nullish(),
      explicit: z.boolean().nullish(),
      viewCount: z.number().nullish(),
    }),
  ),
  /** Ids known right; none of them for a case that has no answer. */
  accept: z.array(z.string()),
  reject: z.array(z.string()).nullish(),
  /** Of our own cases: the rule it stands for, and the decision where not every answer is as good. */
  rule: z.string().optional(),
  decision: z.enum(['sure', 'unsure', 'none']).optional(),
});
export type MatchCase = z.output<typeof caseSchema>;

/** @throws when the file is not a list of cases */
export function loadCases(file: string): readonly MatchCase[] {
  return z.array(caseSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The track of a case, as a source would give it. */
export function trackOf({ track }: MatchCase): Track {
  const artists = track.artists.filter((artist) => artist.trim() !== '');
  return {
    artists,
    artist: artists.join(', '),
    track: track.name,
    ...(typeof track.album === 'string' ? { album: track.album } : {}),
    ...(typeof track.durationSeconds === 'number'
      ? { durationMs: Math.round(track.durationSeconds * 1000) }
      : {}),
    ...(typeof track.isrc === 'string' ? { isrc: track.isrc } : {}),
    ...(typeof track.explicit === 'boolean' ? { explicit: track.explicit } : {}),
  };
}

/** The candidates of a case with their place in their own search. */
export function findsOf({ candidates }: MatchCase): readonly Find[] {
  const places = { songs: 0, others: 0 };
  return candidates.map((row) => ({
    candidate: candidateOf(row),
    rank: row.kind === 'song' ? places.songs++ : places.others++,
  }));
}

function candidateOf(row: MatchCase['candidates'][number]): Candidate {
  return {
    media: { provider: 'youtube', id: row.id },
    url: `https://www.youtube.com/watch?v=${row.id}`,
    title: row.title,
    kind: row.kind,
    artists: row.artists ?? [],
    ...(typeof row.channel === 'string' ? { channel: row.channel } : {}),
    ...(typeof row.channelVerified === 'boolean' ? { channelVerified: row.channelVerified } : {}),
    ...(typeof row.album === 'string' ? { album: row.album } : {}),
    ...(typeof row.durationSeconds === 'number' ? { durationMs: row.durationSeconds * 1000 } : {}),
    ...(typeof row.explicit === 'boolean' ? { explicit: row.explicit } : {}),
    ...(typeof row.viewCount === 'number' ? { viewCount: row.viewCount } : {}),
  };
}

/**
 * The decision for a case, as the product would make it, and how many of the case's searches it needs: the songs
 * alone when they make it sure, else the songs and the videos. Never looks at the labels.
 */
export function matchCase(matchCase: MatchCase): Match {
  const track = trackOf(matchCase);
  const finds = findsOf(matchCase);
  const songs = finds.filter(({ candidate }) => candidate.kind === 'song');
  const bySongs = decide(track, scoreCandidates(track, songs), 1);
  if (bySongs.decision === 'sure' || songs.length === finds.length) return bySongs;
  return decide(track, scoreCandidates(track, finds), songs.length > 0 ? 2 : 1);
}

export const verdicts = [
  'right',
  'same recording',
  'wrong version',
  'wrong song',
  'known wrong',
  'unanswered',
] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * What the pick of a case is worth by its labels. A pick without a label is judged by title, length and version words
 * against the accepted ones: the same, another version of the song, or another song.
 */
export function judge(labelled: MatchCase, pickId: string | null): Verdict {
  if (pickId === null) return 'unanswered';
  if (labelled.accept.includes(pickId)) return 'right';
  if (labelled.reject?.includes(pickId) === true) return 'known wrong';
  const track = trackOf(labelled);
  const scored = scoreCandidates(track, findsOf(labelled));
  const pick = scored.find(({ candidate }) => candidate.media.id === pickId);
  if (pick === undefined) return 'wrong song';
  const accepted = scored.filter(({ candidate }) => labelled.accept.includes(candidate.media.id));
  if (accepted.some((other) => isSameRecording(track, pick, other))) return 'same recording';
  return pick.reading.titleFound > 0.8 ? 'wrong version' : 'wrong song';
}
