import { z } from 'zod';
import { readIsrc } from '../../tracks/isrc.ts';
import type { Track } from '../../tracks/track.ts';
import { disagreement, isCalledAlike } from '../agreement.ts';
import { lengthToleranceMs, type Answer } from '../judge.ts';

const maybe = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);
const recordingShape = z.object({
  title: maybe(z.string()),
  /** In seconds. */
  duration: maybe(z.number().positive()),
  artists: maybe(z.array(z.object({ name: maybe(z.string()) }))),
  isrcs: maybe(z.array(z.string())),
  /** How many submissions say that this sound is this recording. */
  sources: maybe(z.number()),
});
const resultShape = z.object({ score: z.number(), recordings: maybe(z.array(z.unknown())) });
const answerShape = z.object({ status: z.literal('ok'), results: z.array(z.unknown()) });
const errorShape = z.object({ status: z.literal('error'), error: z.object({ code: z.number() }) });
type Recording = z.output<typeof recordingShape>;

/** From here on AcoustID calls two fingerprints the same. */
const leastScore = 0.9;
/** Links that few submissions stand for, beside one of many, are wrong ones at times. Picard's figure. */
const leastShare = 0.25;

/** Its error for a key that it doesn't know. */
export const unknownKey = 4;

/** The code of an error that AcoustID names; undefined for anything else. Pure. */
export function errorCodeIn(value: unknown): number | undefined {
  return errorShape.safeParse(value).data?.error.code;
}

/**
 * What AcoustID knows of a sound: it is the track's recording where one that it's linked to has the track's ISRC, or agrees
 * in title, artist and length. It's another one where recordings are named, and none of them could be the track's. Undefined
 * where it says neither, `unclear` for what isn't an answer of AcoustID's. Pure.
 */
export function judgeAnswer(value: unknown, track: Track, fileMs: number): Answer | undefined | 'unclear' {
  const results = answerShape.safeParse(value).data?.results;
  if (results === undefined) return 'unclear';
  const good = results
    .map((one) => resultShape.safeParse(one).data)
    .filter((one) => one !== undefined && one.score >= leastScore)
    .map((one) => (one?.recordings ?? []).flatMap((found) => recordingShape.safeParse(found).data ?? []));
  const proof = good.flatMap(wellLinked).find((one) => isTracks(one, track, fileMs));
  if (proof !== undefined) return { by: 'acoustid', isSame: true, wholeMs: lengthOf(proof) };
  const named = good.flat().filter(({ title, isrcs }) => title !== undefined || isrcs !== undefined);
  if (named.length === 0 || named.some((one) => mayBeTracks(one, track))) return undefined;
  return { by: 'acoustid', isSame: false };
}

function wellLinked(recordings: readonly Recording[]): readonly Recording[] {
  const most = Math.max(...recordings.map(({ sources }) => sources ?? 1));
  return recordings.filter(({ sources }) => (sources ?? 1) >= most * leastShare);
}

function isTracks(recording: Recording, track: Track, fileMs: number): boolean {
  if (hasIsrc(recording, track)) return true;
  const lengthMs = lengthOf(recording);
  if (lengthMs === undefined) return false;
  const isAsLong = Math.abs(lengthMs - (track.durationMs ?? fileMs)) <= lengthToleranceMs;
  return isAsLong && disagreement(track, { ...namesIn(recording), lengthMs }) === undefined;
}

/** Titles say less than they should at times ("live" is left out), so it takes another name to be another recording. */
function mayBeTracks(recording: Recording, track: Track): boolean {
  return hasIsrc(recording, track) || isCalledAlike(track, namesIn(recording));
}

function hasIsrc({ isrcs = [] }: Recording, { isrc = '' }: Track): boolean {
  const code = readIsrc(isrc);
  return code !== undefined && isrcs.some((one) => readIsrc(one) === code);
}

function namesIn({ title = '', artists = [] }: Recording) {
  return { title, artists: artists.flatMap(({ name }) => name ?? []) };
}

function lengthOf({ duration }: Recording): number | undefined {
  return duration === undefined ? undefined : duration * 1000;
}
