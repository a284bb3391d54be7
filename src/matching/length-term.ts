import type { Candidate } from './candidate.ts';
import { nothing, onLine, type Term } from './terms.ts';

/**
 * Points by the difference of the lengths in seconds. Songs differ by 2 s or less; uploads have a start and an end of
 * their own (right ones, verified by ear: half within 0.8 s, three quarters within 2.9 s, nine in ten within 11.5 s);
 * official videos may have a scene before the song.
 */
const songLine = [
  [0, 2.5],
  [2, 2.2],
  [4, 0.5],
  [7, -1.5],
  [15, -3.5],
  [40, -5],
] as const;
const uploadLine = [
  [0, 2.4],
  [2, 2.3],
  [6, 1.3],
  [10, 0.2],
  [15, -0.8],
  [30, -2],
  [60, -3],
  [180, -5],
] as const;
const officialLine = [
  [0, 2.5],
  [2, 2.2],
  [6, 1],
  [15, 0.3],
  [40, -0.5],
  [90, -2],
  [180, -4],
] as const;
/** Beyond this many times the length it is something else: a loop, an album, a concert; below, a cut. */
const tooLong = 1.8;
const tooShort = 0.6;
const wrongScalePoints = -7;

/**
 * Whether the upload is as long as the track.
 * @param official whether its title says that it is an official video
 */
export function lengthTerm(trackMs: number | undefined, candidate: Candidate, official: boolean): Term {
  if (trackMs === undefined || trackMs <= 0 || candidate.durationMs === undefined) return nothing;
  const seconds = (candidate.durationMs - trackMs) / 1000;
  const ratio = candidate.durationMs / trackMs;
  if (Math.abs(seconds) > 45 && (ratio > tooLong || ratio < tooShort)) {
    return { points: wrongScalePoints, reason: `${Math.round(ratio * 10) / 10} times the length` };
  }
  const hasScenes = (official || candidate.kind === 'official-video') && seconds > 0;
  const line = candidate.kind === 'song' ? songLine : hasScenes ? officialLine : uploadLine;
  return { points: onLine(line, Math.abs(seconds)), reason: lengthInWords(seconds) };
}

/** The difference of a length in words for people. */
export function lengthInWords(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  if (whole <= 1) return 'same length';
  return `${whole} s ${seconds > 0 ? 'longer' : 'shorter'}`;
}
