/**
 * What has to be kept to get an old file back from the new one, where most of both is the same: pieces of the new file and
 * the bytes between them. Retagging a song changes its tags and, in some formats, a few bytes on every page of its sound.
 *
 * A delta is the length of the old file, then pairs of bytes as they are and a piece of the new file: the number of bytes,
 * the bytes, the length of the piece, and where it begins, counted from the end of the piece before. Numbers are LEB128
 * (https://en.wikipedia.org/wiki/LEB128), where those that may be negative are doubled, with the sign in the last bit.
 */

/** Pieces that are shorter are not looked for. */
const blockBytes = 32;
const multiplier = 0x01_00_01_93;

/**
 * What it takes to make `old` of `base`; undefined where that is more than so many bytes of its own. Pure.
 */
export function deltaOf(old: Buffer, base: Buffer, mostBytes: number): Buffer | undefined {
  const blocks = indexBlocks(base);
  const parts: Uint8Array[] = [numbers(old.length)];
  let written = 0;
  let baseEnd = 0;
  let ownBytes = 0;
  const copy = (at: number, from: number, length: number): void => {
    parts.push(numbers(at - written), old.subarray(written, at), numbers(length, signed(from - baseEnd)));
    ownBytes += at - written;
    written = at + length;
    baseEnd = from + length;
  };
  let at = 0;
  let hash = hashAt(old, 0);
  while (at + blockBytes <= old.length) {
    if (ownBytes + at - written > mostBytes) return undefined;
    // Mostly it goes on after a few other bytes.
    const next = baseEnd + at - written;
    const from = isSameBlock(old, at, base, next) ? next : blocks.find(hash, old, at);
    if (from === undefined) {
      hash = roll(hash, old[at] ?? 0, old[at + blockBytes] ?? 0);
      at += 1;
      continue;
    }
    let back = 0;
    while (at - back > written && from > back && old[at - back - 1] === base[from - back - 1]) back += 1;
    copy(at - back, from - back, back + sameBytes(old, at, base, from));
    at = written;
    hash = hashAt(old, at);
  }
  if (written < old.length) copy(old.length, baseEnd, 0);
  return ownBytes > mostBytes ? undefined : Buffer.concat(parts);
}

/** The old file; undefined where the delta is damaged or of another new file. Pure. */
export function applyDelta(delta: Uint8Array, base: Uint8Array): Buffer | undefined {
  const read = numberReader(delta);
  const length = read.next();
  const parts: Uint8Array[] = [];
  let done = 0;
  let baseEnd = 0;
  while (done < length) {
    const bytes = read.bytes(read.next());
    const piece = read.next();
    const from = baseEnd + unsigned(read.next());
    if (!read.isWhole() || from < 0 || from + piece > base.length) return undefined;
    if (bytes.length + piece === 0) return undefined;
    parts.push(bytes, base.subarray(from, from + piece));
    done += bytes.length + piece;
    baseEnd = from + piece;
  }
  return done === length && read.isWhole() ? Buffer.concat(parts) : undefined;
}

/** How many bytes are the same from there on. */
function sameBytes(one: Buffer, at: number, other: Buffer, from: number): number {
  const most = Math.min(one.length - at, other.length - from);
  let same = 0;
  while (same + atOnce <= most) {
    const [a, b] = [at + same, from + same];
    if (one.compare(other, b, b + atOnce, a, a + atOnce) !== 0) break;
    same += atOnce;
  }
  while (same < most && one[at + same] === other[from + same]) same += 1;
  return same;
}

/** So many bytes are compared at once. */
const atOnce = 512;

/** How long the old file is. Pure. */
export function lengthOfOld(delta: Uint8Array): number {
  return numberReader(delta).next();
}

function isSameBlock(one: Uint8Array, at: number, other: Uint8Array, from: number): boolean {
  if (from < 0 || from + blockBytes > other.length) return false;
  for (let index = 0; index < blockBytes; index += 1) {
    if (one[at + index] !== other[from + index]) return false;
  }
  return true;
}

/** Where each block of a file begins, by its hash; of equal ones the first. */
function indexBlocks(base: Uint8Array): {
  readonly find: (hash: number, old: Uint8Array, at: number) => number | undefined;
} {
  const bits = Math.max(4, Math.ceil(Math.log2(base.length / blockBytes + 1)) + 1);
  const mask = 2 ** bits - 1;
  // 0 is nobody's: places are counted from 1.
  const table = new Uint32Array(mask + 1);
  for (let block = 0; (block + 1) * blockBytes <= base.length; block += 1) {
    const slot = slotOf(hashAt(base, block * blockBytes), mask);
    if (table[slot] === 0) table[slot] = block + 1;
  }
  return {
    find: (hash, old, at) => {
      const block = table[slotOf(hash, mask)] ?? 0;
      const from = (block - 1) * blockBytes;
      return block > 0 && isSameBlock(old, at, base, from) ? from : undefined;
    },
  };
}

/** The upper bits depend on every byte. */
function slotOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}

/** Of the bytes of one block, so that the next one along is had from it. */
function hashAt(bytes: Uint8Array, at: number): number {
  let hash = 0;
  for (let index = 0; index < blockBytes; index += 1) {
    hash = (Math.imul(hash, multiplier) + (bytes[at + index] ?? 0) + 1) | 0;
  }
  return hash;
}

let power = 1;
for (let index = 0; index < blockBytes; index += 1) power = Math.imul(power, multiplier);
const oldest = power;

function roll(hash: number, gone: number, come: number): number {
  return (Math.imul(hash, multiplier) - Math.imul(oldest, gone + 1) + come + 1) | 0;
}

const signed = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unsigned = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

function numbers(...values: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (let value of values) {
    for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    bytes.push(value);
  }
  return Uint8Array.from(bytes);
}

/** Reads on, and says at last whether all was there. */
function numberReader(delta: Uint8Array): {
  readonly next: () => number;
  readonly bytes: (length: number) => Uint8Array;
  readonly isWhole: () => boolean;
} {
  let at = 0;
  return {
    next() {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = delta[at];
        at += 1;
        if (byte === undefined || scale > 2 ** 42) {
          at = delta.length + 1;
          return 0;
        }
        value += (byte % 128) * scale;
        if (byte < 128) return value;
      }
    },
    bytes(length) {
      const found = delta.subarray(at, at + length);
      at += length;
      return found;
    },
    isWhole: () => at <= delta.length,
  };
}
