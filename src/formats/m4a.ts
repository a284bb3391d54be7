import type { AacTrack } from './fragmented-mp4.ts';

/** M4A with the index in front (ISO/IEC 14496-12), as ffmpeg writes it. Pure. */

/** "und" (8.4.2.3), in the upper half of its field. */
const noLanguage = 0x55c40000;
/** Full volume, in the upper half of its field. */
const volume = 0x01000000;
const unity = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
/** As iTunes has them. Where there are none at all, TagLib puts them in front of the movie's header. */
const tagHandler = full('hdlr', 0, u32(0), text('mdirappl'), u32(0, 0), text('\0'));
const noTags = box('udta', full('meta', 0, tagHandler, box('ilst')));
const brands = box('ftyp', text('M4A '), u32(512), text('M4A isomiso2'));

/** Writes a track as an M4A file without tags, in pieces that follow one another. */
export function writeM4a(track: AacTrack): Buffer[] {
  const bytes = track.pieces.reduce((sum, piece) => sum + piece.length, 0);
  const sound = Buffer.concat([u32(8 + bytes), text('mdat')]);
  const tables = tablesOf(track);
  // It's as long wherever the sound begins.
  const { length } = movie(track, tables, 0);
  const index = movie(track, tables, brands.length + length + sound.length);
  return [Buffer.concat([brands, index, sound]), ...track.pieces];
}

function movie(track: AacTrack, tables: Buffer, soundAt: number): Buffer {
  const { timeScale, heard } = track;
  const total = (track.sizes.length - 1) * track.frameUnits + track.lastFrameUnits;
  const movieTimes = u32(0, 0, timeScale, heard.units, 0x10000);
  const movieHeader = full('mvhd', 0, movieTimes, u32(volume, 0, 0), unity, u32(0, 0, 0, 0, 0, 0, 2));
  const trackHeader = full('tkhd', 3, u32(0, 0, 1, 0, heard.units, 0, 0, 1, volume), unity, u32(0, 0));
  const edits = box('edts', full('elst', 0, u32(1, heard.units, heard.from, 0x10000)));
  const mediaHeader = full('mdhd', 0, u32(0, 0, timeScale, total, noLanguage));
  const handler = full('hdlr', 0, u32(0), text('soun'), u32(0, 0, 0), text('SoundHandler\0'));
  const thisFile = box('dinf', full('dref', 0, u32(1), full('url ', 1)));
  const samples = box('stbl', tables, chunkOffsets(track, soundAt));
  const media = box('mdia', mediaHeader, handler, box('minf', full('smhd', 0, u32(0)), thisFile, samples));
  return box('moov', movieHeader, box('trak', trackHeader, edits, media), noTags);
}

/** What is known of the frames, but where they are. */
function tablesOf(track: AacTrack): Buffer {
  const { sizes, frameUnits, lastFrameUnits } = track;
  const count = sizes.length;
  const lengths =
    lastFrameUnits === frameUnits
      ? u32(1, count, frameUnits)
      : u32(2, count - 1, frameUnits, 1, lastFrameUnits);
  const each = framesInChunk(track);
  const left = count % each;
  const chunks = Math.ceil(count / each);
  const inChunks =
    left === 0 || chunks === 1 ? u32(1, 1, Math.min(each, count), 1) : u32(2, 1, each, 1, chunks, left, 1);
  return Buffer.concat([
    box('stsd', track.stsd),
    full('stts', 0, lengths),
    full('stsc', 0, inChunks),
    full('stsz', 0, u32(0, count), table(sizes)),
    // A frame of AAC is right only behind the one before it (10.1).
    full('sgpd', 0x01000000, text('roll'), u32(2, 1), Buffer.from([0xff, 0xff])),
    full('sbgp', 0, text('roll'), u32(1, count, 1)),
  ]);
}

/** A second of sound or so. */
function framesInChunk({ timeScale, frameUnits }: AacTrack): number {
  return Math.max(1, Math.round(timeScale / frameUnits));
}

function chunkOffsets(track: AacTrack, soundAt: number): Buffer {
  const each = framesInChunk(track);
  const offsets: number[] = [];
  let at = soundAt;
  track.sizes.forEach((size, frame) => {
    if (frame % each === 0) offsets.push(at);
    at += size;
  });
  return full('stco', 0, u32(offsets.length), table(offsets));
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([u32(length), text(type), ...content], length);
}

/** A box with a version and flags, given as one number. */
function full(type: string, versionAndFlags: number, ...content: readonly Buffer[]): Buffer {
  return box(type, u32(versionAndFlags), ...content);
}

function text(letters: string): Buffer {
  return Buffer.from(letters, 'latin1');
}

function u32(...numbers: readonly number[]): Buffer {
  return table(numbers);
}

function table(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, index) => bytes.writeUInt32BE(number, 4 * index));
  return bytes;
}
