import { z } from 'zod';
import type { Cut } from '../../tracks/cut.ts';

/** What SponsorBlock knows of the videos whose hashed ids begin alike: GET /api/skipSegments/PREFIX. */
const answerOfPrefix = z.array(
  z.object({
    videoID: z.string(),
    segments: z.array(z.unknown()),
  }),
);

const segmentShape = z.object({
  category: z.literal('music_offtopic'),
  actionType: z.literal('skip'),
  segment: z.tuple([z.number().min(0), z.number().positive()]),
  /** In seconds, when it was marked; 0 where it isn't known. */
  videoDuration: z.number().nullish(),
  votes: z.number().nullish(),
});

/** Beginnings and ends are marked by hand. */
const edgeMs = 1_000;
/** What is shorter isn't worth the seam. */
const leastMs = 500;

/**
 * The parts of a video without music, in order and without overlaps. A part counts only where the video was as long when
 * somebody marked it, by the rules of yt-dlp: less than 1 s apart, or less than 5 s and 5 % of the part. Pure.
 * @param answer about all videos of the prefix
 * @param videoMs the length of the video
 */
export function cutsIn(answer: unknown, videoId: string, videoMs: number): readonly Cut[] {
  const videos = answerOfPrefix.safeParse(answer).data ?? [];
  const cuts = videos
    .filter(({ videoID }) => videoID === videoId)
    .flatMap(({ segments }) => segments.flatMap((one) => cutOf(one, videoMs) ?? []));
  return merged(cuts.toSorted((a, b) => a.fromMs - b.fromMs));
}

function cutOf(segment: unknown, videoMs: number): Cut | undefined {
  const read = segmentShape.safeParse(segment).data;
  // Those that others voted down.
  if (read === undefined || (read.votes ?? 0) < 0) return undefined;
  const [from, to] = read.segment.map((seconds) => Math.round(seconds * 1000)) as [number, number];
  const fromMs = from <= edgeMs ? 0 : from;
  const toMs = videoMs - to <= edgeMs ? videoMs : to;
  if (toMs - fromMs < leastMs) return undefined;
  const thenMs = (read.videoDuration ?? 0) * 1000;
  const offMs = thenMs === 0 ? 0 : Math.abs(videoMs - thenMs);
  const isSameVideo = offMs < 1_000 || (offMs < 5_000 && offMs / (toMs - fromMs) < 0.05);
  return isSameVideo ? { fromMs, toMs } : undefined;
}

function merged(cuts: readonly Cut[]): readonly Cut[] {
  const whole: Cut[] = [];
  for (const cut of cuts) {
    const last = whole.at(-1);
    // A blink of music between two parts is none.
    if (last !== undefined && cut.fromMs - last.toMs < edgeMs) {
      whole[whole.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, cut.toMs) };
    } else whole.push(cut);
  }
  return whole;
}

/** As much of a video has to be left. */
const leastLeft = 1 / 3;

/**
 * The cuts, unless they are worse than none: they would leave too little, or something that is less as long as the track
 * than the whole video. Pure.
 */
export function goodCuts(
  cuts: readonly Cut[],
  { videoMs, trackMs }: { readonly videoMs: number; readonly trackMs: number | undefined },
): readonly Cut[] {
  const leftMs = videoMs - cuts.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  if (leftMs < videoMs * leastLeft) return [];
  const isNearer = trackMs === undefined || Math.abs(leftMs - trackMs) <= Math.abs(videoMs - trackMs);
  return isNearer ? cuts : [];
}
