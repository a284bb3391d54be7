import { crc32 } from 'node:zlib';

/** Pages of Ogg (RFC 3533, 6). Pure. */

/** Bytes of a page before its lacing values. */
export const pageHeader = 27;
/** Lacing values in one page. */
export const mostSegments = 255;

/** Lacing values of a packet: one of 255 n bytes ends with an empty segment. */
export function segmentsOf(length: number): number {
  return Math.floor(length / 255) + 1;
}

export interface PageHead {
  /** 1 goes on with the packet of the page before, 2 begin, 4 end of stream */
  readonly flags: number;
  /** Samples up to the end of its last packet; -1 where none ends. */
  readonly granule: number;
  readonly serial: number;
  readonly sequence: number;
}

/** Writes the header; the number of lacing values and the checksum come when the page is there. */
export function beginPage(ogg: Buffer, start: number, { flags, granule, serial, sequence }: PageHead): void {
  ogg.write('OggS\0', start, 'latin1');
  ogg[start + 5] = flags;
  ogg.writeBigInt64LE(BigInt(granule), start + 6);
  ogg.writeUInt32LE(serial, start + 14);
  ogg.writeUInt32LE(sequence, start + 18);
}

/** Where the page that begins at `start` ends; undefined where none stands there whole. */
export function pageEnd(ogg: Buffer, start: number): number | undefined {
  const segments = start + pageHeader + (ogg[start + 26] ?? 0);
  if (segments > ogg.length || ogg.readUInt32BE(start) !== 0x4f676753) return undefined;
  let end = segments;
  for (let at = start + pageHeader; at < segments; at += 1) end += ogg[at] ?? 0;
  return end > ogg.length ? undefined : end;
}

/** The last thing to write of a page. */
export function writeChecksum(ogg: Buffer, start: number, end: number): void {
  ogg.writeUInt32LE(0, start + 22);
  ogg.writeUInt32LE(checksumOf(ogg, start, end), start + 22);
}

/**
 * Gives a page another number. The checksum is a remainder, so what four bytes add to it doesn't depend on the others: the
 * page isn't read again.
 */
export function renumberPage(ogg: Buffer, start: number, end: number, sequence: number): void {
  const changed = ogg.readUInt32LE(start + 18) ^ sequence;
  let added = 0;
  // The first byte of the field is the first of the page's.
  for (let byte = 0; byte < 4; byte += 1) added = timesX8(added ^ ((changed >>> (8 * byte)) << 24));
  for (let bytes = end - start - 22, power = 0; bytes > 0; bytes >>>= 1, power += 1) {
    if ((bytes & 1) === 1) added = times(added, powersOfX8[power] ?? 0);
  }
  ogg.writeUInt32LE(sequence, start + 18);
  ogg.writeUInt32LE((ogg.readUInt32LE(start + 22) ^ added) >>> 0, start + 22);
}

/** Of remainders of the CRC's polynomial, 0x04c11db7. */
function timesX(remainder: number): number {
  return (remainder << 1) ^ (remainder < 0 ? 0x04c11db7 : 0);
}

function timesX8(remainder: number): number {
  let product = remainder;
  for (let bit = 0; bit < 8; bit += 1) product = timesX(product);
  return product;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 31; bit >= 0; bit -= 1) product = timesX(product) ^ ((b >>> bit) & 1 ? a : 0);
  return product;
}

/** x to the power of 8, 16, 32 ...: a page has fewer than 2^16 bytes behind its number. */
const powersOfX8 = [timesX8(1)];
for (let power = 1; power < 17; power += 1) {
  const last = powersOfX8[power - 1] ?? 0;
  powersOfX8.push(times(last, last));
}

/** The largest page: its lacing values, and as much as they can say. */
const mostOfPage = pageHeader + mostSegments * 256;
const scratch = new Uint32Array(Math.ceil(mostOfPage / 4));
const scratchBytes = new Uint8Array(scratch.buffer);

/**
 * Ogg's checksum: CRC-32 of the plain polynomial, begun at 0. zlib's is the same with the bits of each byte and of the
 * result the other way around, and several times as fast as one in JavaScript: so they are turned, four bytes at a time.
 * @param end not further from `start` than the largest page
 */
export function checksumOf(data: Buffer, start: number, end: number): number {
  const length = end - start;
  scratchBytes.set(data.subarray(start, end));
  for (let at = 0; at < length / 4; at += 1) scratch[at] = turnBits(scratch[at] ?? 0);
  // zlib begins with all bits set and turns them over at the end.
  const crc = ~crc32(scratchBytes.subarray(0, length), 0xffffffff);
  const swapped = (crc << 24) | ((crc & 0xff00) << 8) | ((crc >>> 8) & 0xff00) | (crc >>> 24);
  return turnBits(swapped) >>> 0;
}

/** Turns the bits of each of four bytes around. */
function turnBits(four: number): number {
  const pairs = ((four >>> 1) & 0x55555555) | ((four & 0x55555555) << 1);
  const nibbles = ((pairs >>> 2) & 0x33333333) | ((pairs & 0x33333333) << 2);
  return ((nibbles >>> 4) & 0x0f0f0f0f) | ((nibbles & 0x0f0f0f0f) << 4);
}
