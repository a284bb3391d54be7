import { crc32 } from 'node:zlib';
import type { OpusStream } from './webm-opus.ts';

/** Ogg (RFC 3533) with Opus in it (RFC 7845). Pure. */

const sampleRate = 48_000;
const vendor = 'HARMONI';
/** Lacing values in one page. */
const mostSegments = 255;

/** Writes an Opus stream as an Ogg file without tags, a second of sound to a page. */
export function writeOggOpus(stream: OpusStream): Buffer {
  const { head, file, starts, ends } = stream;
  const tags = emptyTags();
  const pages = pagesOf(stream);
  const bytes = starts.reduce((sum, start, index) => {
    const length = (ends[index] ?? 0) - start;
    return sum + length + segmentsOf(length);
  }, 0);
  const headers = 2 * (pageHeader + 1) + head.length + tags.length;
  const ogg = Buffer.allocUnsafe(headers + pages.length * pageHeader + bytes);
  const serial = crcOf(file, starts[0] ?? 0, ends[0] ?? 0);
  let at = writePage(ogg, 0, { ...whole(head), granule: 0, flags: 0x02, sequence: 0, serial });
  at = writePage(ogg, at, { ...whole(tags), granule: 0, flags: 0, sequence: 1, serial });
  for (const [index, page] of pages.entries()) {
    at = writePage(ogg, at, { ...page, file, starts, ends, sequence: index + 2, serial });
  }
  return ogg;
}

/** Which packets go to which page. */
function pagesOf({ file, starts, ends, discardedSamples }: OpusStream): PagePlan[] {
  const pages: PagePlan[] = [];
  let from = 0;
  let segments = 0;
  let total = 0;
  let pageStart = 0;
  for (const [index, start] of starts.entries()) {
    const needed = segmentsOf((ends[index] ?? 0) - start);
    if (segments + needed > mostSegments || total - pageStart >= sampleRate) {
      pages.push({ from, to: index, granule: total, flags: 0 });
      from = index;
      segments = 0;
      pageStart = total;
    }
    segments += needed;
    total += samplesOf(file[start] ?? 0, file[start + 1] ?? 0);
  }
  // The granule of the last page tells where the sound ends (RFC 7845, 4.4).
  const granule = Math.max(0, total - discardedSamples);
  pages.push({ from, to: starts.length, granule, flags: 0x04 });
  return pages;
}

function emptyTags(): Buffer {
  const tags = Buffer.alloc(8 + 4 + vendor.length + 4);
  tags.write('OpusTags');
  tags.writeUInt32LE(vendor.length, 8);
  tags.write(vendor, 12);
  return tags;
}

/** The length of an Ogg file by its last page; undefined when that is not whole or it is neither Opus nor Vorbis. */
export function oggDurationMs(file: Buffer): number | undefined {
  const last = file.lastIndexOf('OggS');
  const firstPacket = 27 + (file[26] ?? 0);
  if (last < 0 || file.length < last + 27 || file.length < firstPacket + 19) return undefined;
  const segments = file.subarray(last + 27, last + 27 + (file[last + 26] ?? 0));
  const end = last + 27 + segments.length + segments.reduce((sum, size) => sum + size, 0);
  const isLast = ((file[last + 5] ?? 0) & 0x04) !== 0;
  if (end !== file.length || !isLast) return undefined;
  const granule = Number(file.readBigInt64LE(last + 6));
  if (file.toString('latin1', firstPacket, firstPacket + 8) === 'OpusHead') {
    return ((granule - file.readUInt16LE(firstPacket + 10)) / sampleRate) * 1000;
  }
  if (file.toString('latin1', firstPacket, firstPacket + 7) === '\x01vorbis') {
    return (granule / file.readUInt32LE(firstPacket + 12)) * 1000;
  }
  return undefined;
}

/** Frame sizes at 48 kHz by the configuration in the TOC byte (RFC 6716, 3.1): SILK, hybrid, CELT. */
const silk = [480, 960, 1920, 2880];
const hybrid = [480, 960];
const celt = [120, 240, 480, 960];

/** How many samples at 48 kHz a packet holds, by its first two bytes. */
function samplesOf(toc: number, second: number): number {
  const config = toc >> 3;
  const frame = config < 12 ? silk[config & 3] : config < 16 ? hybrid[config & 1] : celt[config & 3];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : second & 0x3f;
  return (frame ?? 0) * frames;
}

/** A page without its lacing values. */
const pageHeader = 27;

interface PagePlan {
  /** Its packets, the last one not included. */
  readonly from: number;
  readonly to: number;
  /** Samples up to the end of its last packet. */
  readonly granule: number;
  /** 2 begin, 4 end of stream */
  readonly flags: number;
}

interface Page extends PagePlan, Pick<OpusStream, 'file' | 'starts' | 'ends'> {
  readonly sequence: number;
  readonly serial: number;
}

/** A packet that is a buffer of its own. */
function whole(packet: Buffer): Pick<Page, 'file' | 'starts' | 'ends' | 'from' | 'to'> {
  return { file: packet, starts: [0], ends: [packet.length], from: 0, to: 1 };
}

/** A packet of 255 n bytes ends with an empty segment. */
function segmentsOf(length: number): number {
  return Math.floor(length / 255) + 1;
}

/** @returns where the next page begins */
function writePage(ogg: Buffer, start: number, page: Page): number {
  const { file, starts, ends, from, to } = page;
  ogg.write('OggS\0', start, 'latin1');
  ogg[start + 5] = page.flags;
  ogg.writeBigInt64LE(BigInt(page.granule), start + 6);
  ogg.writeUInt32LE(page.serial, start + 14);
  ogg.writeUInt32LE(page.sequence, start + 18);
  ogg.writeUInt32LE(0, start + 22);
  let at = start + pageHeader;
  for (let index = from; index < to; index += 1) {
    let left = (ends[index] ?? 0) - (starts[index] ?? 0);
    for (; left >= 255; left -= 255) ogg[at++] = 255;
    ogg[at++] = left;
  }
  ogg[start + 26] = at - start - pageHeader;
  for (let index = from; index < to; index += 1) at += file.copy(ogg, at, starts[index], ends[index]);
  ogg.writeUInt32LE(crcOf(ogg, start, at), start + 22);
  return at;
}

/** The largest page: its lacing values, and as much as they can say. */
const mostOfPage = pageHeader + mostSegments * 256;
const scratch = new Uint32Array(Math.ceil(mostOfPage / 4));
const scratchBytes = new Uint8Array(scratch.buffer);

/**
 * Ogg's checksum: CRC-32 of the plain polynomial, begun at 0. zlib's is the same with every bit order turned around, and
 * ten times as fast as one in JavaScript: so the bits of each byte are turned, four bytes at a time, and those of the result.
 */
function crcOf(data: Buffer, start: number, end: number): number {
  const length = end - start;
  scratchBytes.set(data.subarray(start, end));
  for (let at = 0; at < length / 4; at += 1) scratch[at] = turnBits(scratch[at] ?? 0);
  // zlib begins with all bits set and turns them over at the end; here they are turned back.
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(~crc32(scratchBytes.subarray(0, length), 0xffffffff) >>> 0);
  return turnBits(crc.readUInt32LE()) >>> 0;
}

/** Turns the bits of each of four bytes around. */
function turnBits(four: number): number {
  const pairs = ((four >>> 1) & 0x55555555) | ((four & 0x55555555) << 1);
  const nibbles = ((pairs >>> 2) & 0x33333333) | ((pairs & 0x33333333) << 2);
  return ((nibbles >>> 4) & 0x0f0f0f0f) | ((nibbles & 0x0f0f0f0f) << 4);
}
