import type { Verdict } from '../tracks/heard.ts';
import type { Track } from '../tracks/track.ts';
import { alignClip } from './align.ts';
import type { Reference, SongToHear } from './ear.ts';
import { judge, type Answer, type Comparison } from './judge.ts';
import type { KeptReferences } from './kept-references.ts';
import { createSongSound, type SongSound } from './song-sound.ts';
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

interface SongWithSound extends SongToHear {
  readonly sound: SongSound;
}

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
  const sound = createSongSound(song, parts.ffmpegPath, signal);
  if ((await sound.beginning()) === undefined) return "ffmpeg couldn't make its fingerprint";
  const heard = { ...song, sound };
  const { library, deezer, label } = parts;
  if ((await isSettledBy(library, heard, parts, signal)) === true) return undefined;
  const byDeezer = await isSettledBy(deezer, heard, parts, signal);
  if (byDeezer === true) return undefined;
  const answer = await askAcoustId(heard, parts.acoustId, signal);
  if (typeof answer !== 'string') parts.evidence.push(answer);
  if (typeof answer !== 'string' && answer.isSame) return undefined;
  await isSettledBy(label, heard, parts, signal);
  return parts.evidence.length > 0 ? undefined : whyNothing(song.track, byDeezer);
}

/** Whether nothing else has to be asked after this one; or why it says nothing. */
async function isSettledBy(
  source: ReferenceSource,
  song: SongWithSound,
  { kept, ffmpegPath, evidence }: HearingParts,
  signal: AbortSignal,
): Promise<boolean | 'none' | 'later'> {
  const found = await kept.find(source, song, signal);
  if (typeof found === 'string') return found;
  const comparison = await compare(found.reference, song);
  const at = evidence.push(comparison) - 1;
  const verdict = verdictOn(comparison, song);
  const { sound } = found.reference;
  if (verdict === 'proven' || verdict === 'unchecked') return verdict === 'proven';
  const whole = await song.sound.whole();
  const otherSpeed = whole && (await findSpeed(sound, whole, { ffmpegPath, signal }));
  if (otherSpeed !== undefined) evidence[at] = { ...comparison, otherSpeed };
  return otherSpeed !== undefined;
}

/** With as much of the song as settles it. */
async function compare({ by, fingerprints, lengthMs }: Reference, song: SongWithSound): Promise<Comparison> {
  const withPart = (part: Uint32Array | undefined): Comparison => ({
    by,
    alignment: part && alignClip(fingerprints, part),
    ...(lengthMs === undefined ? {} : { wholeMs: lengthMs }),
  });
  const beginning = await song.sound.beginning();
  const early = withPart(beginning);
  if (verdictOn(early, song) === 'proven') return early;
  const whole = (await song.sound.whole()) ?? beginning;
  return whole === beginning ? early : withPart(whole);
}

/** By its sound alone: that the lengths differ is for the verdict on the song. */
function verdictOn(comparison: Comparison, { lengthMs }: SongToHear): Verdict {
  return judge([comparison], { fileMs: lengthMs, trackMs: lengthMs }).verdict;
}

/** AcoustID knows songs by their first two minutes. */
async function askAcoustId(
  { track, lengthMs, sound }: SongWithSound,
  acoustId: AcoustId,
  signal: AbortSignal,
): Promise<Answer | 'none' | 'later'> {
  const fingerprint = acoustId.isOn() ? await sound.whole() : undefined;
  return fingerprint === undefined ? 'none' : acoustId.ask({ track, fingerprint, lengthMs }, signal);
}

/** Why a song is unchecked that may be checked another time. */
export const noAnswer = "Deezer didn't answer";

function whyNothing(track: Track, byDeezer: false | 'none' | 'later'): string | undefined {
  if (byDeezer === false) return undefined;
  if (byDeezer === 'later') return noAnswer;
  return (track.isrc ?? '') === '' ? 'its source names no ISRC' : 'Deezer has no preview of it';
}
