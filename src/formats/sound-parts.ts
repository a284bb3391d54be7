import { soundKindOf } from './sound-kind.ts';
import { soundStartIn, type SoundFile } from './sound-length.ts';
import { pageHeader } from './ogg-page.ts';

const headBytes = 64 * 1024;
const chunkBytes = 2 ** 20;
const id3v1Bytes = 128;

/** Bytes of a file, from `from` up to `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The bytes of a file that are its sound, in order: what other tags, another cover, name or place leave as they are. A file
 * of another kind is all sound. @throws the system's error
 */
export async function* soundParts(file: SoundFile): AsyncGenerator<Buffer> {
  const start = await soundStartIn(file);
  const kind = soundKindOf(await file.read(start, headBytes));
  if (kind?.format === 'ogg') {
    yield* oggParts(file, start);
    return;
  }
  const ranges = await rangesOf(file, start, kind?.format);
  // One that lost its sound is what is left of it.
  const isThere = ranges.some(({ from, to }) => from < to);
  for (const { from, to } of isThere ? ranges : [{ from: 0, to: file.size }]) {
    for (let at = from; at < to; at += chunkBytes) yield await file.read(at, Math.min(chunkBytes, to - at));
  }
}

async function rangesOf(
  file: SoundFile,
  start: number,
  format: 'mp3' | 'm4a' | 'flac' | 'wav' | undefined,
): Promise<readonly Range[]> {
  switch (format) {
    case 'mp3':
      return [{ from: start, to: await endBeforeTags(file) }];
    case 'flac':
      return [{ from: await flacFrames(file, start), to: await endBeforeTags(file) }];
    case 'm4a':
      return boxesNamed(file, start, 'mdat');
    case 'wav':
      return chunksNamed(file, start, 'data');
    case undefined:
      return [];
  }
}

/** ID3v1 stands last, and APEv2 before it; each says how long it is. */
async function endBeforeTags(file: SoundFile): Promise<number> {
  let end = file.size;
  for (;;) {
    const tail = await file.read(Math.max(0, end - id3v1Bytes), Math.min(id3v1Bytes, end));
    const ape = tail.length - 32;
    if (tail.length === id3v1Bytes && tail.toString('latin1', 0, 3) === 'TAG') end -= id3v1Bytes;
    else if (ape >= 0 && tail.toString('latin1', ape, ape + 8) === 'APETAGEX') {
      const hasHeader = (tail.readUInt32LE(ape + 20) & 0x8000_0000) !== 0;
      const size = tail.readUInt32LE(ape + 12) + (hasHeader ? 32 : 0);
      if (size < 32 || size > end) return end;
      end -= size;
    } else return end;
  }
}

/** Behind the blocks of metadata (RFC 9639, 8.1). */
async function flacFrames(file: SoundFile, start: number): Promise<number> {
  let at = start + 4;
  for (let isLast = false; !isLast && at < file.size;) {
    const head = await file.read(at, 4);
    if (head.length < 4) break;
    isLast = (head.readUInt8(0) & 0x80) !== 0;
    at += 4 + head.readUIntBE(1, 3);
  }
  return at;
}

/** Of MP4 (ISO/IEC 14496-12, 4.2), on the outside. */
async function boxesNamed(file: SoundFile, start: number, name: string): Promise<readonly Range[]> {
  const found: Range[] = [];
  for (let at = start; at + 8 <= file.size;) {
    const head = await file.read(at, 16);
    const short = head.readUInt32BE(0);
    const header = short === 1 ? 16 : 8;
    const long = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short;
    const end = short === 0 ? file.size : Math.min(file.size, at + long);
    if (end < at + header) break;
    if (head.toString('latin1', 4, 8) === name) found.push({ from: at + header, to: end });
    at = end;
  }
  return found;
}

async function chunksNamed(file: SoundFile, start: number, name: string): Promise<readonly Range[]> {
  const found: Range[] = [];
  for (let at = start + 12; at + 8 <= file.size;) {
    const head = await file.read(at, 8);
    const length = head.readUInt32LE(4);
    const end = Math.min(file.size, at + 8 + length);
    if (head.toString('latin1', 0, 4) === name) found.push({ from: at + 8, to: end });
    at = end + (length & 1);
  }
  return found;
}

/** Packets before the sound (RFC 7845, 3; the Vorbis specification, 4.2). One of them holds the tags. */
const headerPackets = { opus: 2, vorbis: 3 };

/** Of Ogg (RFC 3533, 6), what is in its pages: other tags number the pages anew. Sound begins on a page of its own. */
async function* oggParts(file: SoundFile, start: number): AsyncGenerator<Buffer> {
  let at = start;
  let missing = Number.NaN;
  while (at + pageHeader <= file.size) {
    const head = await file.read(at, pageHeader + 255);
    if (head.toString('latin1', 0, 4) !== 'OggS') return;
    const segments = head.subarray(pageHeader, pageHeader + (head[26] ?? 0));
    const from = at + pageHeader + segments.length;
    const length = segments.reduce((sum, size) => sum + size, 0);
    if (Number.isNaN(missing)) {
      const isOpus = (await file.read(from, 8)).toString('latin1') === 'OpusHead';
      missing = isOpus ? headerPackets.opus : headerPackets.vorbis;
    }
    if (missing <= 0) yield await file.read(from, length);
    else missing -= segments.reduce((ended, size) => ended + (size < 255 ? 1 : 0), 0);
    at = from + length;
  }
}
