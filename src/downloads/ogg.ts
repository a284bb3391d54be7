import type { OpusStream } from './webm-opus.ts';

/** Ogg (RFC 3533) with Opus in it (RFC 7845). Pure. */

const sampleRate = 48_000;
const vendor = 'HARMONI';
/** Lacing values in one page. */
const mostSegments = 255;

/** Writes an Opus stream as an Ogg file without tags, a second of sound to a page. */
export function writeOggOpus(stream: OpusStream): Buffer {
  const serial = crcOf(stream.packets[0] ?? stream.head);
  const pages: Page[] = [
    { packets: [stream.head], granule: 0, flags: 0x02 },
    { packets: [emptyTags()], granule: 0, flags: 0 },
  ];
  let packets: Buffer[] = [];
  let segments = 0;
  let total = 0;
  let pageStart = 0;
  for (const packet of stream.packets) {
    const needed = segmentsOf(packet);
    if (segments + needed > mostSegments || total - pageStart >= sampleRate) {
      pages.push({ packets, granule: total, flags: 0 });
      packets = [];
      segments = 0;
      pageStart = total;
    }
    packets.push(packet);
    segments += needed;
    total += samplesOf(packet);
  }
  // The granule of the last page tells where the sound ends (RFC 7845, 4.4).
  pages.push({ packets, granule: Math.max(0, total - stream.discardedSamples), flags: 0x04 });
  return writePages(pages, serial);
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

/** How many samples at 48 kHz a packet holds. */
function samplesOf(packet: Buffer): number {
  const toc = packet[0] ?? 0;
  const config = toc >> 3;
  const frame = config < 12 ? silk[config & 3] : config < 16 ? hybrid[config & 1] : celt[config & 3];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 0x3f;
  return (frame ?? 0) * frames;
}

interface Page {
  readonly packets: readonly Buffer[];
  /** Samples up to the end of its last packet. */
  readonly granule: number;
  /** 2 begin, 4 end of stream */
  readonly flags: number;
}

/** A packet of 255 n bytes ends with an empty segment. */
function segmentsOf(packet: Buffer): number {
  return Math.floor(packet.length / 255) + 1;
}

function writePages(pages: readonly Page[], serial: number): Buffer {
  const sizeOf = ({ packets }: Page): number =>
    packets.reduce((sum, packet) => sum + packet.length + segmentsOf(packet), 27);
  const file = Buffer.alloc(pages.reduce((sum, page) => sum + sizeOf(page), 0));
  let at = 0;
  for (const [sequence, page] of pages.entries()) {
    const start = at;
    file.write('OggS', at);
    file.writeUInt8(page.flags, at + 5);
    file.writeBigInt64LE(BigInt(page.granule), at + 6);
    file.writeUInt32LE(serial, at + 14);
    file.writeUInt32LE(sequence, at + 18);
    at += 27;
    for (const packet of page.packets) {
      const segments = segmentsOf(packet);
      file.fill(255, at, at + segments - 1);
      file.writeUInt8(packet.length % 255, at + segments - 1);
      at += segments;
    }
    file.writeUInt8(at - start - 27, start + 26);
    for (const packet of page.packets) at += packet.copy(file, at);
    file.writeUInt32LE(crcOf(file.subarray(start, at)), start + 22);
  }
  return file;
}

/** Ogg's checksum: CRC-32 of the plain polynomial, not reflected, begun at 0. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

function crcOf(data: Uint8Array): number {
  let crc = 0;
  // By index: an iterator would take four times as long, and megabytes go through here.
  for (let at = 0; at < data.length; at += 1) {
    crc = (crc << 8) ^ (crcTable[((crc >>> 24) ^ (data[at] ?? 0)) & 0xff] ?? 0);
  }
  return crc >>> 0;
}
