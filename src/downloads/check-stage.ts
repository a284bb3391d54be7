import { HarmoniError } from '../errors.ts';
import { lengthFault } from '../matching/real-length.ts';
import { removedMs } from '../tracks/cut.ts';
import { lengthFaultOf, lengthToleranceMs, measureLength } from './inspect.ts';
import type { JobSettings } from './settings.ts';
import type { StageResult } from './stage.ts';
import { chosenOf, expectedMs, madeOf, type Work } from './work.ts';

/** Whether the file is whole, and as long as the track. @throws HarmoniError verify-failed */
export async function check(work: Work, settings: Pick<JobSettings, 'accept'>): Promise<StageResult> {
  const { path, plan } = madeOf(work, 'converted');
  const durationMs = expectedMs(work);
  const length = await measureLength(path, plan.extension);
  const fault = lengthFaultOf(length, durationMs);
  if (fault !== undefined) return { failure: notRight(fault) };
  work.made = { ...work.made, lengthMs: length.durationMs };
  const misfit = misfitOf(work, settings, length.durationMs);
  return misfit === undefined ? 'next' : { failure: misfit };
}

/** @param fault a sentence */
export function notRight(fault: string): HarmoniError {
  return new HarmoniError('verify-failed', `The download isn't right. ${fault}`);
}

/**
 * Whether the file is as long as the track; what YouTube says of an upload is not always true. Not asked of a video that
 * somebody named, nor of one that the user accepts unsure at the length that it has.
 */
function misfitOf(
  work: Work,
  { accept }: Pick<JobSettings, 'accept'>,
  durationMs: number,
): HarmoniError | undefined {
  if (work.givenBy !== undefined) return undefined;
  const { candidate } = chosenOf(work);
  const announcedMs = (candidate.durationMs ?? 0) - removedMs(madeOf(work, 'converted').cuts);
  const announced = Math.abs(durationMs - announcedMs) <= lengthToleranceMs;
  if (accept === 'unsure' && announced) return undefined;
  const fault = lengthFault(work.track, candidate, durationMs);
  if (fault === undefined) return undefined;
  return new HarmoniError('wrong-length', `Uncertain match "${candidate.title}": ${fault}.`);
}
