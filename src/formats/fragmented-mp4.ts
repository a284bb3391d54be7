import { boxesOf, childOf, childrenOf, must, readStrictly, type Box } from './mp4-boxes.ts';
import { readIndex, type TrackIndex } from './mp4-index.ts';

/** AAC taken out of a fragmented MP4 file. Times are in units of `timeScale`. */
export interface AacTrack extends Pick<TrackIndex, 'timeScale' | 'stsd' | 'frameUnits'> {
  /** Of the last frame, which may be shorter. */
  readonly lastFrameUnits: number;
  /** Bytes of each frame. */
  readonly sizes: readonly number[];
  /** The frames one after the other, a piece of them from each fragment. */
  readonly pieces: readonly Buffer[];
  /** The part that is to be heard, without what the encoder put before and behind it. */
  readonly heard: { readonly from: number; readonly units: number };
}

/** More than six hours. */
const mostFrames = 2 ** 20;
/** Each is written on its own: with more of them ffmpeg is faster. YouTube has one for ten seconds. */
const mostFragments = 2 ** 11;

/** Boxes beside the sound: brands, indexes, events, space. */
const beside = ['ftyp', 'styp', 'sidx', 'ssix', 'emsg', 'prft', 'free', 'skip', 'mfra'];

/**
 * Reads the one AAC track of a fragmented MP4 file (ISO/IEC 14496-12, 8.8), as YouTube's itag 140 is. Returns undefined
 * for anything else: more tracks, encryption, another codec, gaps, sound that isn't where the fragments say it is, a
 * file that ends in the middle. Pure; what it gives are parts of the file, not copies.
 */
export function readFragmentedAac(file: Buffer): AacTrack | undefined {
  return readStrictly(() => {
    let index: TrackIndex | undefined;
    let run: Run | undefined;
    let lastFrameUnits = 0;
    const sizes: number[] = [];
    const pieces: Buffer[] = [];
    for (const box of boxesOf(file)) {
      if (box.type === 'moov' && index === undefined) index = readIndex(box.content);
      else if (box.type === 'moof' && index !== undefined && run === undefined) {
        // Only the last frame of all may be shorter.
        must(sizes.length === 0 || lastFrameUnits === index.frameUnits);
        run = readFragment(box, index, sizes);
        ({ lastFrameUnits } = run);
      } else if (box.type === 'mdat' && run !== undefined) {
        const from = box.content.byteOffset - file.byteOffset;
        must(run.from === from && run.to === from + box.content.length && pieces.length < mostFragments);
        pieces.push(box.content);
        run = undefined;
      } else must(beside.includes(box.type));
    }
    must(index !== undefined && run === undefined && sizes.length > 0);
    const { timeScale, stsd, frameUnits } = index;
    const heard = heardOf(index, (sizes.length - 1) * frameUnits + lastFrameUnits);
    return { timeScale, stsd, frameUnits, lastFrameUnits, sizes, pieces, heard };
  });
}

/** What an encoder puts in front of the sound. More than that is a cut, which ffmpeg makes in its own way. */
const mostDelayFrames = 4;
/** Encoders fill up the last frame, and some put a few more behind it. */
const mostPaddingFrames = 4;

function heardOf({ edit, frameUnits }: TrackIndex, total: number): AacTrack['heard'] {
  const from = edit?.from ?? 0;
  must(from <= mostDelayFrames * frameUnits);
  const rest = total - from;
  // Longer ones need longer fields.
  must(rest > 0 && total < 2 ** 32);
  if (edit?.units === undefined) return { from, units: rest };
  const left = rest - edit.units;
  const most = mostPaddingFrames * frameUnits;
  // Some count what they skip, too. Where far more is promised than is there, the end of the file is missing.
  must(left <= most && edit.units - total <= most);
  return { from, units: left < edit.precision ? rest : Math.round(edit.units) };
}

/** Frames that lie one after the other in the file. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly lastFrameUnits: number;
}

/** @param sizes of the frames before; those of the fragment are added */
function readFragment(moof: Box, index: TrackIndex, sizes: number[]): Run {
  let defaults: Defaults | undefined;
  let run: Run | undefined;
  const traf = childOf(childrenOf(moof.content, ['mfhd', 'traf']), 'traf');
  for (const { type, content } of boxesOf(traf)) {
    if (type === 'tfhd' && defaults === undefined) defaults = readDefaults(content, moof.at, index);
    else if (type === 'tfdt' && run === undefined) {
      const isLong = content.readUInt8(0) === 1;
      const start = isLong ? Number(content.readBigUInt64BE(4)) : content.readUInt32BE(4);
      must(start === sizes.length * index.frameUnits);
    } else if (type === 'trun' && defaults !== undefined) {
      must(run === undefined || run.lastFrameUnits === index.frameUnits);
      const next = readRun(content, { ...defaults, frameUnits: index.frameUnits, before: run }, sizes);
      run = { ...next, from: run?.from ?? next.from };
    } else must(type === 'free' || isRoll(type, content));
  }
  must(run !== undefined);
  return run;
}

/** Which frames must be decoded before one: every one needs the one before it in AAC, whoever says so. */
function isRoll(type: string, content: Buffer): boolean {
  return (type === 'sgpd' || type === 'sbgp') && content.toString('latin1', 4, 8) === 'roll';
}

/** What holds for the frames of a fragment that say nothing else. */
interface Defaults {
  /** Where offsets are counted from. */
  readonly base: number;
  readonly units: number;
  readonly size: number;
}

/** tfhd (8.8.7). */
function readDefaults(tfhd: Buffer, moofAt: number, { trackId, defaults }: TrackIndex): Defaults {
  const { flags, next, skip, isRead } = fieldsOf(tfhd, 8);
  must((flags & ~0x02003b) === 0 && tfhd.readUInt32BE(4) === trackId);
  const base = (flags & 0x01) === 0 ? moofAt : Number(tfhd.readBigUInt64BE(skip(8)));
  // The only description.
  must(next(0x02, 1) === 1);
  const made = { base, units: next(0x08, defaults.units), size: next(0x10, defaults.size) };
  // Every frame of AAC can be played from, whatever its flags say.
  next(0x20, 0);
  must(isRead());
  return made;
}

interface RunPlace extends Defaults {
  readonly frameUnits: number;
  /** The one before in the same fragment. */
  readonly before: Run | undefined;
}

/** trun (8.8.8). */
function readRun(trun: Buffer, place: RunPlace, sizes: number[]): Run {
  const { flags, next, isRead } = fieldsOf(trun, 8);
  const count = trun.readUInt32BE(4);
  must((flags & ~0xf05) === 0 && count > 0 && sizes.length + count <= mostFrames);
  const expected = place.before?.to ?? place.base;
  // A signed number.
  const from = (flags & 0x01) === 0 ? expected : place.base + (next(0x01, 0) | 0);
  must(place.before === undefined || from === expected);
  next(0x04, 0);
  let to = from;
  let lastFrameUnits = place.frameUnits;
  for (let frame = 0; frame < count; frame += 1) {
    must(lastFrameUnits === place.frameUnits);
    lastFrameUnits = next(0x100, place.units);
    const size = next(0x200, place.size);
    must(size > 0 && lastFrameUnits > 0 && lastFrameUnits <= place.frameUnits);
    next(0x400, 0);
    // Sound is heard in the order in which it's decoded.
    must(next(0x800, 0) === 0);
    sizes.push(size);
    to += size;
  }
  must(isRead());
  return { from, to, lastFrameUnits };
}

/** Reads the fields of a box that are there only where its flags say so, in their order. */
function fieldsOf(content: Buffer, start: number) {
  const flags = content.readUIntBE(1, 3);
  let at = start;
  /** Gives where some bytes begin. */
  const skip = (bytes: number): number => (at += bytes) - bytes;
  const next = (flag: number, otherwise: number): number =>
    (flags & flag) === 0 ? otherwise : content.readUInt32BE(skip(4));
  return { flags, skip, next, isRead: (): boolean => at === content.length };
}
