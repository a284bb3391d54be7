import type { Store } from '../../history/store.ts';
import { likeness } from '../../sound/alike.ts';
import { createCandidateFinder } from '../../sound/candidates.ts';
import type { Copy, Pair } from './group.ts';

/**
 * Wrong bits per value of 32. Measured with music made for it (six songs): two encodings of one recording differ by up to 0.2,
 * with a start between two values by 2.6, a mild remaster by 2.1. Another take at nearly the same tempo begins at 3.4.
 */
const sameSound = 2.8;
/** A heavy remaster (8 dB of bass, strong compression) differs by 4.8 to 6.2, a pitch of 1 % by 5.9 and more. */
const similarSound = 6;
/** Without the voice 11.5 and more, another song 14. Above this, two copies that say that they are one are not. */
const otherSound = 8;
/** Fewer different values are silence or a tone. */
const leastDistinct = 80;
/** Of each song, for the first look: a minute. Half as many would miss a heavy remaster. */
const valuesPerSong = 480;

interface Heard {
  /** The number of the copy. */
  readonly number: number;
  readonly key: string;
  readonly lengthMs: number;
}

/** What the copies sound like, as far as somebody listened to them: `library scan --deep`. */
export interface BySound {
  readonly pairs: readonly Pair[];
  /** Copies whose sound is known. */
  readonly heard: number;
  soundsOther(one: Copy, other: Copy): boolean;
}

/** Compares all copies by the fingerprints of their first two minutes. Only those being compared are in memory. @throws the signal's reason */
export function compareSounds(
  copies: readonly Copy[],
  { sounds }: Pick<Store, 'sounds'>,
  signal: AbortSignal,
): BySound {
  const heard = copies
    .flatMap(({ song }, number): Heard[] => {
      const key = sounds.keyOf(song.file);
      const lengthMs = key === undefined ? undefined : sounds.fingerprintedMs(key);
      return key === undefined || lengthMs === undefined ? [] : [{ number, key, lengthMs }];
    })
    .toSorted((a, b) => a.lengthMs - b.lengthMs);
  const printOf = createPrints(sounds);
  const findCandidates = createCandidateFinder(heard.length, valuesPerSong);
  const pairs: Pair[] = [];
  for (const one of heard) {
    signal.throwIfAborted();
    const fingerprint = printOf(one.key);
    if (fingerprint === undefined) continue;
    for (const found of findCandidates({ lengthMs: one.lengthMs, fingerprint })) {
      const other = heard[found];
      const print = other === undefined ? undefined : printOf(other.key);
      if (other === undefined || print === undefined) continue;
      const evidence = evidenceOf(fingerprint, print);
      if (evidence !== undefined) pairs.push({ one: other.number, other: one.number, evidence });
    }
  }
  return {
    pairs,
    heard: heard.length,
    soundsOther(one, other) {
      const [a, b] = [one, other].map(({ song }) => {
        const key = sounds.keyOf(song.file);
        return key === undefined ? undefined : printOf(key);
      });
      if (a === undefined || b === undefined) return false;
      const found = likeness(a, b);
      return found !== undefined && found.distinct >= leastDistinct && found.bitErrors > otherSound;
    },
  };
}

function evidenceOf(one: Uint32Array, other: Uint32Array): 'same sound' | 'similar sound' | undefined {
  const found = likeness(one, other);
  if (found === undefined || found.distinct < leastDistinct || found.bitErrors > similarSound)
    return undefined;
  return found.bitErrors <= sameSound ? 'same sound' : 'similar sound';
}

const mostKept = 512;

/** Those that were asked for last: copies of about one length are compared one after the other. */
function createPrints(sounds: Store['sounds']): (key: string) => Uint32Array | undefined {
  const kept = new Map<string, Uint32Array | undefined>();
  return (key) => {
    if (kept.has(key)) return kept.get(key);
    const print = sounds.beginningOf(key);
    kept.set(key, print);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return print;
  };
}
