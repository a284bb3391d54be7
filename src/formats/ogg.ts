import { beginPage, checksumOf, mostSegments, pageHeader, segmentsOf, writeChecksum } from './ogg-page.ts';
import type { OpusStream } from './webm-opus.ts';

/** Ogg (RFC 3533) with Opus in it (RFC 7845). Pure. */

const sampleRate = 48_000;
const vendor = 'HARMONI';

/** An Ogg file that is yet to be written. */
export interface OggPlan {
  /** In bytes. */
  readonly size: number;
  /** @param ogg of that size; all of it is written */
  readonly write: (ogg: Buffer) => void;
}

/** An Opus stream as an Ogg file without tags, a second of sound to a page. */
export function planOggOpus(stream: OpusStream): OggPlan {
  const { head, file, starts, ends } = stream;
  const tags = emptyTags();
  const pages = pagesOf(stream);
  const bytes = starts.reduce((sum, start, index) => {
    const length = (ends[index] ?? 0) - start;
    return sum + length + segmentsOf(length);
  }, 0);
  const headers = 2 * (pageHeader + 1) + head.length + tags.length;
  return {
    size: headers + pages.length * pageHeader + bytes,
    write(ogg) {
      const serial = checksumOf(file, starts[0] ?? 0, ends[0] ?? 0);
      let at = writePage(ogg, 0, { ...whole(head), granule: 0, flags: 0x02, sequence: 0, serial });
      at = writePage(ogg, at, { ...whole(tags), granule: 0, flags: 0, sequence: 1, serial });
      for (const [index, page] of pages.entries()) {
        at = writePage(ogg, at, { ...page, file, starts, ends, sequence: index + 2, serial });
      }
    },
  };
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
export function samplesOf(toc: number, second: number): number {
  const config = toc >> 3;
  const frame = config < 12 ? silk[config & 3] : config < 16 ? hybrid[config & 1] : celt[config & 3];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : second & 0x3f;
  return (frame ?? 0) * frames;
}

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

/** @returns where the next page begins */
function writePage(ogg: Buffer, start: number, page: Page): number {
  const { file, starts, ends, from, to } = page;
  beginPage(ogg, start, page);
  let at = start + pageHeader;
  for (let index = from; index < to; index += 1) {
    let left = (ends[index] ?? 0) - (starts[index] ?? 0);
    for (; left >= 255; left -= 255) ogg[at++] = 255;
    ogg[at++] = left;
  }
  ogg[start + 26] = at - start - pageHeader;
  for (let index = from; index < to; index += 1) at += file.copy(ogg, at, starts[index], ends[index]);
  writeChecksum(ogg, start, at);
  return at;
}
