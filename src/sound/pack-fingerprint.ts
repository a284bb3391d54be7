/** The algorithm that fingerprints are made with, as chromaprint numbers it. */
const algorithm = 1;
/** A gap of so many bits or more is told in two parts. */
const mostNormal = 7;

/**
 * A fingerprint as chromaprint packs it (its fingerprint_compressor.cpp), in base64 for addresses: each value as the gaps
 * between the bits that differ from the value before, three bits each, and what is over in five. Pure.
 */
export function packFingerprint(values: Uint32Array): string {
  const normal: number[] = [];
  const over: number[] = [];
  let before = 0;
  for (const value of values) {
    let last = 0;
    let left = (value ^ before) >>> 0;
    for (let bit = 1; left !== 0; bit += 1, left >>>= 1) {
      if ((left & 1) === 0) continue;
      const gap = bit - last;
      normal.push(Math.min(gap, mostNormal));
      if (gap >= mostNormal) over.push(gap - mostNormal);
      last = bit;
    }
    normal.push(0);
    before = value;
  }
  const head = [algorithm, (values.length >>> 16) & 0xff, (values.length >>> 8) & 0xff, values.length & 0xff];
  return Buffer.from([...head, ...packed(normal, 3), ...packed(over, 5)]).toString('base64url');
}

/** Numbers of so many bits one after the other, the lowest bit first. */
function packed(numbers: readonly number[], bitsOfEach: number): readonly number[] {
  const bytes: number[] = [];
  let pending = 0;
  let held = 0;
  for (const number of numbers) {
    pending |= number << held;
    held += bitsOfEach;
    for (; held >= 8; held -= 8, pending >>>= 8) bytes.push(pending & 0xff);
  }
  return held === 0 ? bytes : [...bytes, pending & 0xff];
}
