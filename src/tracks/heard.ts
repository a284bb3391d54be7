/** Whom a song was compared with: a proven file of the library, the label's own upload, a preview, or a database. */
export const witnesses = ['library', 'label', 'deezer', 'acoustid'] as const;
export type Witness = (typeof witnesses)[number];

/**
 * What listening to a song came to. proven: it's the recording that was meant · doubtful: nothing proves it, so somebody should
 * look · different: two signs say that it's another recording · unchecked: there was nothing to compare it with.
 */
export const verdicts = ['proven', 'doubtful', 'different', 'unchecked'] as const;
export type Verdict = (typeof verdicts)[number];

/** The verdict on a song, and its evidence. */
export interface Heard {
  readonly verdict: Verdict;
  /** Who said so; undefined for unchecked. */
  readonly by?: Witness;
  /** The share of wrong bits where the reference fits best: 0 for the same sound, 0.5 for chance. Not of a database. */
  readonly bitError?: number;
  /** Where in the song the reference lies, in ms. */
  readonly atMs?: number;
  /** How fast the song is, where only that makes them differ: 1.04 is 4 % too fast. */
  readonly speed?: number;
  /** How much higher it sounds, as a factor, where that isn't its speed's doing: 1.06 is a semitone. */
  readonly pitch?: number;
  /** Why it isn't proven, as the end of a sentence. */
  readonly why?: string;
}

/** How many there are of each. Pure. */
export function countVerdicts(all: readonly Verdict[]): Readonly<Record<Verdict, number>> {
  const many = { proven: 0, doubtful: 0, different: 0, unchecked: 0 };
  for (const verdict of all) many[verdict] += 1;
  return many;
}

const tag =
  /^(proven|doubtful|different)(?: by (library|label|deezer|acoustid))?(?: at (0(?:\.\d+)?))?(?: speed (\d\.\d+))?(?: of (\d+\.\d) s)?(?:: (.{1,100}))?$/;
/** What other tags, another format and rounding change of a file's length. */
const sameWithinMs = 1_000;

/**
 * The private tag of a song that was heard: "proven by deezer at 0.041 of 215.3 s", "doubtful by deezer at 0.041 of 240.0 s: it's
 * 25 seconds longer". Undefined for unchecked. Pure.
 * @param lengthMs of the file that was heard
 */
export function proofTag(
  { verdict, by, bitError, speed, why }: Heard,
  lengthMs?: number,
): string | undefined {
  if (verdict === 'unchecked') return undefined;
  const facts = [
    verdict,
    ...(by === undefined ? [] : [`by ${by}`]),
    ...(bitError === undefined ? [] : [`at ${bitError.toFixed(3)}`]),
    ...(speed === undefined ? [] : [`speed ${speed.toFixed(3)}`]),
    ...(lengthMs === undefined ? [] : [`of ${(lengthMs / 1000).toFixed(1)} s`]),
  ].join(' ');
  return why === undefined ? facts : `${facts}: ${why}`;
}

/**
 * What the tag says; undefined for what HARMONI didn't write, and of a file that has been cut or filled with another song
 * since: programs that do that keep its tags. Pure.
 * @param lengthMs of the file as it is now
 */
export function readProofTag(text: string, lengthMs?: number): Heard | undefined {
  const [, said, who, error, speed, seconds, why] = tag.exec(text.trim()) ?? [];
  const verdict = verdicts.find((one) => one === said);
  const differsMs =
    seconds === undefined || lengthMs === undefined ? 0 : Math.abs(lengthMs - Number(seconds) * 1000);
  if (verdict === undefined || differsMs > sameWithinMs) return undefined;
  const by = witnesses.find((one) => one === who);
  return {
    verdict,
    ...(by === undefined ? {} : { by }),
    ...(error === undefined ? {} : { bitError: Number(error) }),
    ...(speed === undefined ? {} : { speed: Number(speed) }),
    ...(why === undefined ? {} : { why }),
  };
}
