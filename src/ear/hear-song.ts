import { fingerprintFile } from '../sound/measure-file.ts';
import { isWholeFingerprint } from '../sound/measurement.ts';
import type { Track } from '../tracks/track.ts';
import { align } from './align.ts';
import type { Reference, SongToHear } from './ear.ts';
import { judge, type Answer, type Comparison } from './judge.ts';
import type { KeptReferences } from './kept-references.ts';
import { findSpeed } from './speed.ts';
import type { AcoustId } from './witnesses/acoustid.ts';
import type { ReferenceSource } from './witnesses/reference-source.ts';

export interface HearingParts {
  readonly library: ReferenceSource;
  readonly deezer: ReferenceSource;
  readonly acoustId: AcoustId;
  readonly label: ReferenceSource;
  readonly kept: KeptReferences;
  /** One that makes fingerprints. */
  readonly ffmpegPath: string;
  /** Takes what is found, so that it counts where time runs out. */
  readonly evidence: (Comparison | Answer)[];
}

/** A song with the fingerprint of its whole. */
type WholeSong = SongToHear & { readonly fingerprint: Uint32Array };

/**
 * Compares a song with one witness after the other, the cheap before the dear, up to the first that settles it: what the
 * library has, Deezer's preview, AcoustID, and at last the label's own upload, which costs a visit.
 * @returns why there's nothing to go by, as the end of a sentence; undefined where there's evidence
 * @throws the signal's reason
 */
export async function hearSong(
  song: SongToHear,
  parts: HearingParts,
  signal: AbortSignal,
): Promise<string | undefined> {
  const fingerprint = await wholeFingerprint(song, parts.ffmpegPath, signal);
  if (fingerprint === undefined) return "ffmpeg couldn't make its fingerprint";
  const whole = { ...song, fingerprint };
  const { library, deezer, label } = parts;
  if ((await isSettledBy(library, whole, parts, signal)) === true) return undefined;
  const byDeezer = await isSettledBy(deezer, whole, parts, signal);
  if (byDeezer === true) return undefined;
  const answer = await parts.acoustId.ask(whole, signal);
  if (typeof answer !== 'string') parts.evidence.push(answer);
  if (typeof answer !== 'string' && answer.isSame) return undefined;
  await isSettledBy(label, whole, parts, signal);
  return parts.evidence.length > 0 ? undefined : whyNothing(song.track, byDeezer);
}

/** What a song's own measurement has, or made anew where that is of its beginning alone. */
async function wholeFingerprint(
  { fingerprint, lengthMs, path }: SongToHear,
  ffmpegPath: string,
  signal: AbortSignal,
): Promise<Uint32Array | undefined> {
  if (fingerprint !== undefined && isWholeFingerprint(fingerprint, lengthMs)) return fingerprint;
  return fingerprintFile(path, { ffmpegPath, signal });
}

/** Whether nothing else has to be asked after this one; or why it says nothing. */
async function isSettledBy(
  source: ReferenceSource,
  song: WholeSong,
  { kept, ffmpegPath, evidence }: HearingParts,
  signal: AbortSignal,
): Promise<boolean | 'none' | 'later'> {
  const found = await kept.find(source, song, signal);
  if (typeof found === 'string') return found;
  const comparison = compare(found.reference, song);
  const at = evidence.push(comparison) - 1;
  // By its sound alone: that the lengths differ is for the verdict.
  const { verdict } = judge([comparison], { fileMs: song.lengthMs, trackMs: song.lengthMs });
  const { sound } = found.reference;
  if (verdict === 'proven' || verdict === 'unchecked' || sound === undefined) return verdict === 'proven';
  const otherSpeed = await findSpeed(sound, song.fingerprint, { ffmpegPath, signal });
  if (otherSpeed !== undefined) evidence[at] = { ...comparison, otherSpeed };
  return otherSpeed !== undefined;
}

function compare({ by, fingerprint, lengthMs }: Reference, song: WholeSong): Comparison {
  const alignment = align(fingerprint, song.fingerprint);
  return { by, alignment, ...(lengthMs === undefined ? {} : { wholeMs: lengthMs }) };
}

/** Why a song is unchecked that may be checked another time. */
export const noAnswer = "Deezer didn't answer";

function whyNothing(track: Track, byDeezer: false | 'none' | 'later'): string | undefined {
  if (byDeezer === false) return undefined;
  if (byDeezer === 'later') return noAnswer;
  return (track.isrc ?? '') === '' ? 'its source names no ISRC' : 'Deezer has no preview of it';
}
