import { expect, test } from 'vitest';
import { renumberPage, writeChecksum } from '../../src/formats/ogg-page.ts';
import { createRandom, testSeed } from '../helpers/random.ts';

/** From a page with its head alone to the largest one: 255 segments of 255 bytes. */
const lengths = [27, 28, 29, 30, 31, 32, 255, 256, 257, 4_123, 16_384, 65_306, 65_307];

test(`a page of any length with another number has the checksum of one that is read whole (seed ${testSeed})`, () => {
  const random = createRandom(testSeed);
  for (const length of lengths) {
    const before = random.bytes(length + 9);
    const [start, end] = [5, 5 + length];
    writeChecksum(before, start, end);
    const last = before.readUInt32LE(start + 18);
    for (const sequence of [0, 1, last, (last ^ 0x01000000) >>> 0, 0x80000000, 0xffffffff]) {
      const renumbered = Buffer.from(before);
      renumberPage(renumbered, start, end, sequence);
      const reread = Buffer.from(before);
      reread.writeUInt32LE(sequence, start + 18);
      writeChecksum(reread, start, end);
      expect(renumbered.equals(reread), `${length} bytes, number ${sequence}`).toBe(true);
    }
  }
});
