import type { Ear } from '../ear/ear.ts';
import { isLabelsOwn } from '../ear/witnesses/label.ts';
import { HarmoniError } from '../errors.ts';
import { measureFile } from '../sound/measure-file.ts';
import { abortable } from '../system/abort.ts';
import type { Heard } from '../tracks/heard.ts';
import { heardText } from '../tracks/heard-text.ts';
import { isSameMedia } from '../tracks/media.ts';
import { endOfDifferent, isRefused, isToBeHeard, leftAfter } from './ear-rules.ts';
import type { JobEar } from './job-ear.ts';
import type { JobParts } from './job-parts.ts';
import type { StageResult } from './stage.ts';
import { chosenOf, madeOf, type Work } from './work.ts';

type HearParts = Pick<JobParts, 'settings' | 'signal' | 'ffmpegPath'> & { readonly ear: JobEar };

/** Whether nobody listens to a song: its stage has nothing to do then. Pure. */
export function isUnheard(work: Work, settings: JobParts['settings']): boolean {
  return !isToBeHeard(work, chosenOf(work).candidate, settings, work.made.lengthMs);
}

/**
 * Compares a song with a reference of the recording that is meant. Where there is no ear, sure matches are taken unheard, and
 * what had to be proven isn't.
 */
export async function hear(work: Work, parts: HearParts): Promise<StageResult> {
  const ear = await parts.ear.ready();
  if (ear === undefined && work.trial === undefined) return 'next';
  const heard: Heard = ear === undefined ? { verdict: 'unchecked' } : await listen(work, ear, parts);
  work.made = { ...work.made, heard };
  if (!isRefused(heard, work)) return 'next';
  work.candidates = leftAfter(heard, work);
  work.trial ??= endOfDifferent(chosenOf(work));
  return { failure: new HarmoniError('not-proven', `${heardText(heard)}.`) };
}

/** @throws the signal's reason */
async function listen(work: Work, ear: Ear, parts: HearParts): Promise<Heard> {
  const { signal } = parts;
  const { track } = work;
  const { media } = chosenOf(work).candidate;
  const others = work.others.filter((other) => !isSameMedia(other.media, media));
  // Most of the work is to decode the song.
  const mayHelp =
    others.some((other) => isLabelsOwn(track, other)) || (await abortable(ear.knows(track, signal), signal));
  if (!mayHelp) return { verdict: 'unchecked' };
  const { path } = madeOf(work, 'converted');
  const lengthMs = madeOf(work, 'lengthMs');
  const song = {
    ...{ track, path, lengthMs },
    fingerprint: await fingerprintOf(work, parts),
    others,
  };
  return abortable(ear.hear(song, signal), signal);
}

/** The one that the conversion has made, or that the measure makes where all songs are measured. Others the ear makes. */
async function fingerprintOf(
  work: Work,
  { settings, signal, ffmpegPath: pathOf }: HearParts,
): Promise<Uint32Array | undefined> {
  const { path } = madeOf(work, 'converted');
  const { measured } = work.made;
  if (measured !== undefined || settings.loudness !== 'all') return measured?.fingerprint;
  const again = await measureFile(path, { ffmpegPath: await pathOf(), signal, hasFingerprint: true });
  if ('notChecked' in again) return undefined;
  // A fault is for those who look after the library.
  if (again.found.fault === undefined) work.made = { ...work.made, measured: again.found };
  return again.found.fingerprint;
}
