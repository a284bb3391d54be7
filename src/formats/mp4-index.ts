import { childOf, childrenOf, must } from './mp4-boxes.ts';

/** What moov says of the one track of AAC in a fragmented MP4 file. Times are in units of `timeScale`. */
export interface TrackIndex {
  readonly trackId: number;
  /** Units in a second. */
  readonly timeScale: number;
  /** The content of the box that describes the codec. */
  readonly stsd: Buffer;
  /** How long a frame lasts. */
  readonly frameUnits: number;
  /** What is to be heard; undefined is all. */
  readonly edit: Edit | undefined;
  /** What holds for frames that say nothing else; 0 where that is nothing, too. */
  readonly defaults: { readonly units: number; readonly size: number };
}

export interface Edit {
  readonly from: number;
  /** Up to the end where it's undefined. */
  readonly units: number | undefined;
  /** How far `units` may be off: the movie counts in units of its own. */
  readonly precision: number;
}

/** Reads the content of moov. Pure. @throws RangeError for all but one track of AAC, without frames of its own */
export function readIndex(moov: Buffer): TrackIndex {
  const movie = childrenOf(moov, ['mvhd', 'mvex', 'trak', 'udta', 'meta', 'iods']);
  // Here iTunes says what is to be heard instead of by an edit; ffmpeg knows how to read it.
  must(!moov.includes('iTunSMPB'));
  const track = childrenOf(childOf(movie, 'trak'), ['tkhd', 'edts', 'mdia', 'udta', 'meta']);
  const trackId = afterTimes(childOf(track, 'tkhd'));
  const media = childrenOf(childOf(track, 'mdia'), ['mdhd', 'hdlr', 'minf']);
  must(childOf(media, 'hdlr').toString('latin1', 8, 12) === 'soun');
  const sound = childrenOf(childOf(media, 'minf'), ['smhd', 'dinf', 'stbl']);
  checkReference(childOf(sound, 'dinf'));
  const samples = childrenOf(childOf(sound, 'stbl'), [
    'stsd',
    'stts',
    'stsc',
    'stsz',
    'stco',
    'sgpd',
    'sbgp',
  ]);
  for (const type of ['stts', 'stsc', 'stco']) must(childOf(samples, type).readUInt32BE(4) === 0);
  must(childOf(samples, 'stsz').readUInt32BE(8) === 0);
  const defaults = childOf(childrenOf(childOf(movie, 'mvex'), ['mehd', 'trex']), 'trex');
  must(defaults.readUInt32BE(4) === trackId && defaults.readUInt32BE(8) === 1);
  const timeScale = afterTimes(childOf(media, 'mdhd'));
  const stsd = childOf(samples, 'stsd');
  const edits = track.get('edts');
  const unitsInMovieUnit = timeScale / afterTimes(childOf(movie, 'mvhd'));
  return {
    trackId,
    timeScale,
    stsd,
    frameUnits: unitsOfFrame(stsd, timeScale),
    edit: edits && readEdit(childOf(childrenOf(edits, ['elst']), 'elst'), unitsInMovieUnit),
    defaults: { units: defaults.readUInt32BE(12), size: defaults.readUInt32BE(16) },
  };
}

/** The sound is in this file, and nowhere else (8.7.2). */
function checkReference(dinf: Buffer): void {
  const references = childOf(childrenOf(dinf, ['dref']), 'dref');
  must(references.readUInt32BE(4) === 1);
  const url = childOf(childrenOf(references.subarray(8), ['url ']), 'url ');
  must((url.readUInt32BE(0) & 1) === 1);
}

/** The number behind the two times at which a header was made and changed: mvhd's and mdhd's scale, tkhd's id. */
function afterTimes(header: Buffer): number {
  const number = header.readUInt32BE(isLongForm(header) ? 20 : 12);
  must(number > 0);
  return number;
}

/** Whether a box has times of 64 bits: those are its first version. There is no other. */
function isLongForm(content: Buffer): boolean {
  const version = content.readUInt8(0);
  must(version <= 1);
  return version === 1;
}

/** One edit at the usual speed (8.6.6), which skips what the encoder put in front. */
function readEdit(elst: Buffer, unitsInMovieUnit: number): Edit {
  const isLong = isLongForm(elst);
  must(elst.readUInt32BE(4) === 1 && elst.length === (isLong ? 28 : 20));
  const movieUnits = isLong ? Number(elst.readBigUInt64BE(8)) : elst.readUInt32BE(8);
  const from = isLong ? Number(elst.readBigInt64BE(16)) : elst.readInt32BE(12);
  must(from >= 0 && elst.readUInt32BE(elst.length - 4) === 0x10000);
  const units = movieUnits === 0 ? undefined : movieUnits * unitsInMovieUnit;
  return { from, units, precision: unitsInMovieUnit };
}

/** Hertz by the index in an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.3.4). */
const rates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

/** Kinds of AAC: LC alone, with SBR (HE-AAC), and with parametric stereo (HE-AAC v2). */
const lowComplexity = 2;
const extended = [5, 29];

/** How long a frame lasts. @throws RangeError for another codec, and where that is no whole number of units */
function unitsOfFrame(stsd: Buffer, timeScale: number): number {
  // More bits than are read of it.
  const bits = Buffer.concat([specificConfig(stsd), Buffer.alloc(4)]).readUInt32BE(0);
  const field = (at: number, width: number): number => (bits << at) >>> (32 - width);
  const isExtended = extended.includes(field(0, 5));
  // Behind the channels an extended one has the rate that SBR makes, and the kind of what it extends.
  must((isExtended ? field(17, 5) : field(0, 5)) === lowComplexity);
  const hasShortFrames = field(isExtended ? 22 : 13, 1) === 1;
  // 0: a list of channels follows.
  must(field(9, 4) > 0);
  const units = ((hasShortFrames ? 960 : 1024) * timeScale) / (rates[field(5, 4)] ?? 0);
  must(Number.isInteger(units));
  return units;
}

/** The AudioSpecificConfig in the only description of the codec. */
function specificConfig(stsd: Buffer): Buffer {
  const entry = childOf(childrenOf(stsd.subarray(8), ['mp4a']), 'mp4a');
  // The data is in this file, and the description isn't QuickTime's, which has more fields.
  must(stsd.readUInt32BE(4) === 1 && entry.readUInt16BE(6) === 1 && entry.readUInt16BE(8) === 0);
  const esds = childOf(childrenOf(entry.subarray(28), ['esds', 'btrt']), 'esds');
  const stream = descriptor(esds.subarray(4), 0x03);
  // Neither depends on another nor is elsewhere.
  must(stream.readUInt8(2) >> 5 === 0);
  const decoder = descriptor(stream.subarray(3), 0x04);
  // MPEG-4 audio
  must(decoder.readUInt8(0) === 0x40);
  return descriptor(decoder.subarray(13), 0x05);
}

/** What is in the first descriptor, which must have this tag (ISO/IEC 14496-1, 8.3.3). */
function descriptor(data: Buffer, tag: number): Buffer {
  must(data.readUInt8(0) === tag);
  let size = 0;
  let at = 1;
  // Seven bits in a byte, and the eighth says that there are more.
  for (let isMore = true; isMore; at += 1) {
    must(at <= 4);
    const byte = data.readUInt8(at);
    size = size * 128 + (byte & 0x7f);
    isMore = byte >= 0x80;
  }
  must(size > 0 && at + size <= data.length);
  return data.subarray(at, at + size);
}
