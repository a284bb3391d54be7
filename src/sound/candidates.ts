/** A song to be compared with others by its sound. Given by length, the shortest first. */
export interface Fingerprinted {
  readonly lengthMs: number;
  readonly fingerprint: Uint32Array;
}

/** One recording is not longer than another by more: the fades and the silence around it. AcoustID's figure. */
export const mostLengthDifferenceMs = 7_000;
/** Values that two songs have in common, by their top bits: that many are no chance. */
const leastHits = 10;
const topBits = 20;
/** What many songs share is silence or a tone, and tells nothing. */
const mostOfOneValue = 64;

/**
 * Finds the pairs worth comparing among thousands of songs, without comparing each with each: those of about one length
 * that have values in common. One pass, in which only some numbers of each song are kept. Pure but for what it remembers.
 * @returns for each song that it's given, the numbers of those before that may be the same
 */
export function createCandidateFinder(mostSongs: number, valuesPerSong: number) {
  const heads = new Int32Array(2 ** topBits).fill(-1);
  const nexts = new Int32Array(mostSongs * valuesPerSong);
  const owners = new Int32Array(mostSongs * valuesPerSong);
  const lengths: number[] = [];
  const hits = new Uint16Array(mostSongs);
  let entries = 0;
  return (song: Fingerprinted): readonly number[] => {
    const number = lengths.length;
    lengths.push(song.lengthMs);
    const touched: number[] = [];
    const found: number[] = [];
    const values = new Set(
      song.fingerprint.subarray(0, valuesPerSong).map((value) => value >>> (32 - topBits)),
    );
    for (const value of values) {
      let seen = 0;
      for (let entry = heads[value] ?? -1; entry >= 0; entry = nexts[entry] ?? -1) {
        const owner = owners[entry] ?? 0;
        // The songs before it are shorter still.
        if (song.lengthMs - (lengths[owner] ?? 0) > mostLengthDifferenceMs || (seen += 1) > mostOfOneValue)
          break;
        const many = (hits[owner] ?? 0) + 1;
        hits[owner] = many;
        if (many === 1) touched.push(owner);
        if (many === leastHits) found.push(owner);
      }
    }
    for (const value of values) {
      nexts[entries] = heads[value] ?? -1;
      owners[entries] = number;
      heads[value] = entries;
      entries += 1;
    }
    for (const owner of touched) hits[owner] = 0;
    return found;
  };
}
