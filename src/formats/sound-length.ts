import { framesMs, readFrameHeader, readXing, soundStart } from './mp3-frames.ts';
import { minutes } from '../tracks/length-text.ts';
import type { SoundLength } from './measured-sound.ts';
import { oggSound } from './ogg-sound.ts';

/**
 * Measures how much sound really is in a file, whatever its header promises: a file that was cut off keeps an honest
 * header. Only the structure is looked at, nothing is decoded.
 */

/** A file, or a part of the disk that is not read whole. */
export interface SoundFile {
  readonly size: number;
  read(at: number, length: number): Promise<Buffer>;
}

/** The largest page of Ogg and the largest frame of FLAC that there are in practice. */
const tailBytes = 256 * 1024;
const headBytes = 64 * 1024;
const longestFlacHeader = 16;

/**
 * @param extension with or without its dot
 * @param whole every frame of an MP3 is counted; without, its Xing header is compared with the size
 * @returns undefined where nothing can be told: another format, or no header that is understood
 */
export async function measureSound(
  file: SoundFile,
  extension: string,
  whole: boolean,
): Promise<SoundLength | undefined> {
  switch (extension.replace('.', '').toLowerCase()) {
    case 'mp3':
      return measureMp3(file, whole);
    case 'opus':
    case 'ogg':
      return oggSound(
        await file.read(0, headBytes),
        await file.read(Math.max(0, file.size - tailBytes), tailBytes),
      );
    case 'flac':
      return measureFlac(file);
    case 'm4a':
      return measureMp4(file);
    case 'wav':
      return measureWav(await file.read(0, headBytes), file.size);
    default:
      return undefined;
  }
}

/** A hundredth may be missing, within these limits in ms: encoders pad, and headers round. */
const tolerance = 0.01;
const leastTolerance = 500;
const mostTolerance = 3_000;

/** What is wrong with a file whose sound was measured, as the end of a sentence, or undefined. Pure. */
export function soundFault({ promisedMs, presentMs }: SoundLength): string | undefined {
  if (presentMs <= 0) return 'it has no audio';
  if (promisedMs === undefined) return undefined;
  const allowed = Math.min(mostTolerance, Math.max(leastTolerance, promisedMs * tolerance));
  if (promisedMs - presentMs <= allowed) return undefined;
  return `it ends after ${minutes(presentMs)} of ${minutes(promisedMs)}`;
}

/** What is in memory already. */
export function bufferedFile(data: Buffer): SoundFile {
  return { size: data.length, read: async (at, length) => data.subarray(at, at + length) };
}

async function measureMp3(file: SoundFile, whole: boolean): Promise<SoundLength | undefined> {
  const at = await soundStartIn(file);
  const head = await file.read(at, headBytes);
  const header = readFrameHeader(head, 0);
  if (header === undefined) return undefined;
  const xing = readXing(head, 0);
  const promisedMs =
    xing === undefined ? undefined : (xing.frames * header.samples * 1000) / header.sampleRate;
  if (whole) return { promisedMs, presentMs: framesMs(await file.read(at, file.size - at)) };
  if (promisedMs === undefined || xing === undefined || xing.bytes === 0) return undefined;
  return { promisedMs, presentMs: promisedMs * Math.min(1, (file.size - at) / xing.bytes) };
}

/** A tag with its cover may be larger than what is read at once. */
export async function soundStartIn(file: SoundFile): Promise<number> {
  for (let at = 0; ;) {
    const skipped = soundStart(await file.read(at, 10));
    if (skipped === 0) return at;
    at += skipped;
  }
}

/** STREAMINFO promises, the number of the last frame tells (RFC 9639, 8.2 and 9.1). */
async function measureFlac(file: SoundFile): Promise<SoundLength | undefined> {
  const at = await soundStartIn(file);
  const info = await file.read(at, 42);
  if (info.length < 42 || info.toString('latin1', 0, 4) !== 'fLaC') return undefined;
  const blockSize = info.readUInt16BE(8);
  const sampleRate = info.readUIntBE(18, 3) >> 4;
  if (sampleRate === 0) return undefined;
  const total = (info.readUInt8(21) & 0x0f) * 2 ** 32 + info.readUInt32BE(22);
  const end = await flacEnd(file, at, blockSize);
  return {
    promisedMs: total === 0 ? undefined : (total * 1000) / sampleRate,
    presentMs: (end * 1000) / sampleRate,
  };
}

/** The sample after the last frame; a tag with a cover may stand behind it. */
async function flacEnd(file: SoundFile, start: number, blockSize: number): Promise<number> {
  for (let from = file.size; from > start;) {
    const to = Math.min(file.size, from + longestFlacHeader);
    from = Math.max(start, from - tailBytes);
    const part = await file.read(from, to - from);
    for (let at = part.lastIndexOf(0xff); at >= 0; at = at === 0 ? -1 : part.lastIndexOf(0xff, at - 1)) {
      const end = flacFrameEnd(part, at, blockSize) ?? 0;
      if (end > 0) return end;
    }
  }
  return 0;
}

/** The number of the sample after a frame; undefined where no frame header with a right checksum stands. */
function flacFrameEnd(data: Buffer, at: number, streamBlockSize: number): number | undefined {
  const [, second = 0, third = 0, fourth = 0] = data.subarray(at, at + 4);
  if ((second & 0xfe) !== 0xf8 || (third & 0x0f) === 0x0f || (fourth & 1) !== 0) return undefined;
  const first = data[at + 4] ?? 0xff;
  const more = first < 0x80 ? 0 : Math.clz32(~(first << 24)) - 1;
  if (more > 6 || first === 0xff || (first >= 0x80 && more < 1)) return undefined;
  let number = first < 0x80 ? first : first & (0x3f >> more);
  let next = at + 5;
  for (let byte = 0; byte < more; byte += 1, next += 1) number = number * 64 + ((data[next] ?? 0) & 0x3f);
  const sizeCode = third >> 4;
  if (sizeCode === 0) return undefined;
  let size = sizeCode === 1 ? 192 : sizeCode < 6 ? 576 << (sizeCode - 2) : 256 << (sizeCode - 8);
  if (sizeCode === 6) size = (data[next++] ?? 0) + 1;
  else if (sizeCode === 7) size = ((data[next++] ?? 0) << 8) + (data[next++] ?? 0) + 1;
  const rateCode = third & 0x0f;
  next += rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0;
  if (next >= data.length || crc8(data.subarray(at, next)) !== data[next]) return undefined;
  return ((second & 1) === 1 ? number : number * streamBlockSize) + size;
}

/** FLAC's checksum of frame headers: polynomial 0x07. */
function crc8(data: Uint8Array): number {
  let crc = 0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x80) === 0 ? crc << 1 : ((crc << 1) ^ 0x07) & 0xff;
  }
  return crc;
}

/** The boxes on the outside (ISO 14496-12, 4.2): one that ends behind the file's end was cut off. */
async function measureMp4(file: SoundFile): Promise<SoundLength | undefined> {
  let sound = 0;
  let missing = 0;
  let ms: number | undefined;
  let hasIndex = false;
  for (let at = 0; at + 8 <= file.size;) {
    const head = await file.read(at, 16);
    const type = head.toString('latin1', 4, 8);
    const short = head.readUInt32BE(0);
    const size =
      short === 1 && head.length === 16
        ? Number(head.readBigUInt64BE(8))
        : short === 0
          ? file.size - at
          : short;
    if (size < 8 || !/^[\x20-\x7e]{4}$/.test(type)) break;
    if (type === 'moov') {
      hasIndex = true;
      ms = movieMs(await file.read(at, Math.min(size, headBytes)));
    }
    if (type === 'mdat') {
      sound += size;
      missing += Math.max(0, at + size - file.size);
    } else if (at + size > file.size) missing += 1;
    at += size;
  }
  // Without its index nothing can be played; one of a fragmented file need not know the length.
  if (!hasIndex) return { promisedMs: undefined, presentMs: 0 };
  if (ms === undefined || sound === 0) return undefined;
  return { promisedMs: ms, presentMs: ms * (1 - Math.min(1, missing / sound)) };
}

/** The length of mvhd, which comes first in moov. */
function movieMs(moov: Buffer): number | undefined {
  const at = moov.indexOf('mvhd', 0, 'latin1') + 4;
  if (at < 12 || moov.length < at + 32) return undefined;
  const version = moov.readUInt8(at);
  const scale = moov.readUInt32BE(at + (version === 1 ? 20 : 12));
  const length = version === 1 ? Number(moov.readBigUInt64BE(at + 24)) : moov.readUInt32BE(at + 16);
  return scale === 0 || length === 0 ? undefined : (length * 1000) / scale;
}

/**
 * A stream whose length nobody knew when it began: ffmpeg and LAME write 2^32-1, sox and arecord nearly 2^31 or 2^32, or
 * 2^31 itself. Who has a whole file of that size has another format (RF64), or its size is what the disk says.
 */
const leastUnknown = 0x7fff_0000;

function measureWav(head: Buffer, size: number): SoundLength | undefined {
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= head.length;) {
    const type = head.toString('latin1', at, at + 4);
    const length = head.readUInt32LE(at + 4);
    if (type === 'fmt ' && at + 20 <= head.length) bytesPerSecond = head.readUInt32LE(at + 16);
    if (type === 'data') {
      if (bytesPerSecond === 0) return undefined;
      const present = Math.min(length, size - at - 8);
      const isUnknown = length === 0 || length >= leastUnknown;
      const promised = isUnknown ? undefined : (length * 1000) / bytesPerSecond;
      return {
        promisedMs: promised,
        presentMs: ((length === 0 ? size - at - 8 : present) * 1000) / bytesPerSecond,
      };
    }
    at += 8 + length + (length & 1);
  }
  return undefined;
}
