import type { Measurement } from '../../sound/measurement.ts';
import { lengthsContradict } from '../../tracks/identity.ts';
import { heardDetail } from '../../tracks/heard-text.ts';
import { minutes } from '../../tracks/length-text.ts';
import type { Track } from '../../tracks/track.ts';
import type { LibrarySong } from '../songs.ts';

/** What can be wrong with a library, the worst first. */
export const causes = [
  'broken',
  'silent',
  'gone',
  'different',
  'length',
  'short',
  'doubtful',
  'playlist',
  'link',
  'tags',
  'cover',
] as const;
export type Cause = (typeof causes)[number];

/** Worth a look, and no fault: what it says of itself may be right. */
const notes: ReadonlySet<Cause> = new Set(['length', 'short', 'doubtful', 'tags', 'cover']);

/** Whether the library isn't as it should be. Pure. */
export function isFault({ cause }: Pick<Finding, 'cause'>): boolean {
  return !notes.has(cause);
}

/** Something that isn't right. */
export interface Finding {
  readonly cause: Cause;
  /** Absolute; where a song is gone, that of the playlist file. */
  readonly path: string;
  /** The end of a sentence. */
  readonly detail: string;
  readonly song?: LibrarySong;
  /** The song that is gone. */
  readonly track?: Track;
  /** A playlist file that HARMONI didn't write as it is now. */
  readonly isOwn?: boolean;
}

/** Less is seldom a song. */
const shortMs = 10_000;

/**
 * What is wrong with a song. Broken is only what somebody has looked at and found so. Pure.
 * @param heard what was measured of its sound, where it was
 */
export function findingsOf(song: LibrarySong, heard: Measurement | undefined): readonly Finding[] {
  const { file, facts } = song;
  const { path, fault, durationMs, trackMs } = file;
  const of = (cause: Cause, detail: string): Finding => ({ cause, path, detail, song });
  if (fault !== undefined) return [of('broken', fault)];
  const isSilent =
    heard !== undefined && heard.loudness === undefined && (heard.lengthMs ?? 0) > leastMeasuredMs;
  const missing = [
    ...(facts.title === undefined ? ['title'] : []),
    ...(facts.artist === undefined ? ['artist'] : []),
  ];
  const isOfOtherLength = trackMs !== undefined && lengthsContradict(trackMs, durationMs);
  const isShort = durationMs !== undefined && durationMs < shortMs && (trackMs ?? shortMs) >= shortMs;
  return [
    ...(isSilent ? [of('silent', 'there is only silence')] : []),
    ...heardFindings(song, of),
    ...(isOfOtherLength
      ? [of('length', `${minutes(durationMs ?? 0)} long, and the song is ${minutes(trackMs)}`)]
      : []),
    ...(isShort && !isOfOtherLength ? [of('short', `only ${minutes(durationMs)} long`)] : []),
    ...(missing.length > 0 ? [of('tags', `no ${missing.join(', no ')}`)] : []),
    ...(facts.hasCover ? [] : [of('cover', 'no cover')]),
  ];
}

function heardFindings(
  { facts: { heard } }: LibrarySong,
  of: (cause: Cause, detail: string) => Finding,
): readonly Finding[] {
  const verdict = heard?.verdict;
  if (heard === undefined || (verdict !== 'different' && verdict !== 'doubtful')) return [];
  return [of(verdict, heardDetail(heard))];
}

/** Loudness is measured over 0.4 s. */
const leastMeasuredMs = 1_000;

/** Whether a download can mend it: only what HARMONI made is replaced. Pure. */
export function isFetchable({ cause, song }: Pick<Finding, 'cause' | 'song'>): boolean {
  return cause === 'gone' || ((cause === 'broken' || cause === 'silent') && song?.file.downloaded === true);
}

/** What was heard when a song was compared. Pure. */
export function isOfRecording({ cause }: Pick<Finding, 'cause'>): boolean {
  return cause === 'different' || cause === 'doubtful';
}

/** Whether another upload may be the right recording: only what HARMONI made is replaced. Pure. */
export function isRechoosable({ cause, song }: Pick<Finding, 'cause' | 'song'>): boolean {
  return isOfRecording({ cause }) && song?.file.downloaded === true;
}

/** Whether a playlist file can be written anew. Pure. */
export function isRewritable({ cause, isOwn }: Pick<Finding, 'cause' | 'isOwn'>): boolean {
  return cause === 'playlist' && isOwn !== true;
}
