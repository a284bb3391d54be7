import { minutes } from '../tracks/length-text.ts';
import type { Track } from '../tracks/track.ts';
import type { Candidate } from './candidate.ts';
import { lengthTerm } from './length-term.ts';
import { readUpload } from './reading.ts';
import { profileTrack } from './track-profile.ts';

/**
 * The points of the length term (length-term.ts) from which a file is not the track: a song that is 7 s off, an upload
 * 22 s, an official video, which may have a scene before the music, one minute.
 */
const leastPoints = -1.5;
/** Short tracks: seconds say little there, but half as much again is another thing whatever the upload is. */
const mostTimes = 1.5;
const withinMs = 3_000;

/**
 * What is wrong with the length of a file that was taken for a track, in words, or undefined. How much it may be off
 * depends on the kind of upload. Nothing is wrong where the track's length is not known. Pure.
 * @param realMs as measured in the file, or as an upload says of itself
 */
export function lengthFault(track: Track, candidate: Candidate, realMs: number): string | undefined {
  const { durationMs } = track;
  if (durationMs === undefined || durationMs <= 0) return undefined;
  const { official } = readUpload(candidate.title, profileTrack(track));
  const { points } = lengthTerm(durationMs, { ...candidate, durationMs: realMs }, official);
  const times = Math.max(realMs, durationMs) / Math.min(realMs, durationMs);
  const otherScale = times > mostTimes && Math.abs(realMs - durationMs) > withinMs;
  if (points >= leastPoints && !otherScale) return undefined;
  return `it's ${minutes(realMs)} long, the song ${minutes(durationMs)}`;
}
