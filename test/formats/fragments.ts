import { ascii, box, descriptor, endlessBox, full, longBox, u16, u32, u64 } from './mp4-writer.ts';

/** Writes AAC as fragmented MP4, as other programs do, and as none should. */

export interface Aac {
  readonly sampleRate: number;
  readonly channels: number;
  /** AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
  readonly config: Buffer;
  readonly frames: readonly Buffer[];
}

/** Where something stands that may stand in several places. */
type Place = 'trex' | 'tfhd' | 'trun';

const asYouTube = {
  framesEach: 20,
  runsEach: 1,
  trafsEach: 1,
  base: 'moof' as 'moof' | 'absolute' | 'none',
  /** Outside of trun all frames have the size of the first. */
  sizes: 'trun' as Place,
  lengths: 'tfhd' as Place,
  frameLength: 1024,
  lastLength: 1024,
  flags: 'tfhd' as Place | 'first',
  /** Of every frame; none where it's undefined. */
  compositionOffset: undefined as number | undefined,
  tfdt: 1 as 0 | 1 | 'none',
  /** Added to the time of all fragments but the first. */
  gap: 0,
  movieScale: undefined as number | undefined,
  timeScale: undefined as number | undefined,
  /** Of each: its length in the movie's units, its beginning in those of the track, its speed. */
  edits: [[0, 0, 0x10000]] as readonly (readonly [number, number, number])[],
  elst: 0 as 0 | 1,
  /** More boxes: in front of each fragment, behind them all, inside others. */
  before: [] as readonly Buffer[],
  atEnd: [] as readonly Buffer[],
  inTraf: [] as readonly Buffer[],
  inMoov: [] as readonly Buffer[],
  inTrak: [] as readonly Buffer[],
  inEntry: [] as readonly Buffer[],
  entry: 'mp4a',
  objectType: 0x40,
  handler: 'soun',
  entries: 1,
  tracks: 1,
  mdat: 'short' as 'short' | 'long' | 'endless',
  /** Bytes in front of the frames. */
  unused: 0,
  trunFlags: 0,
  tfhdFlags: 0,
};

export type FragmentWish = Readonly<typeof asYouTube>;

/** @param different from how YouTube has it */
export function fragmentedMp4(aac: Aac, different: Partial<FragmentWish> = {}): Buffer {
  const wish = { ...asYouTube, ...different };
  const parts = [box('ftyp', ascii('dash'), u32(0), ascii('iso6mp41')), moovOf(aac, wish)];
  for (let first = 0; first < aac.frames.length; first += wish.framesEach) {
    parts.push(...wish.before);
    const at = parts.reduce((sum, part) => sum + part.length, 0);
    parts.push(fragmentOf(aac, wish, first, at));
  }
  return Buffer.concat([...parts, ...wish.atEnd]);
}

function moovOf(aac: Aac, wish: FragmentWish): Buffer {
  const scale = wish.timeScale ?? aac.sampleRate;
  const movieScale = wish.movieScale ?? scale;
  const total = aac.frames.length * wish.frameLength;
  const movieTotal = Math.round((total * movieScale) / scale);
  const matrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
  const times = u32(0, 0, movieScale, movieTotal, 0x10000, 0x01000000, 0, 0);
  const size = wish.sizes === 'trex' ? (aac.frames[0]?.length ?? 0) : 0;
  const trex = full('trex', 0, 0, u32(1, 1, wish.lengths === 'trex' ? wish.frameLength : 0, size, 0));
  const place = u32(0, 0, 1, 0, movieTotal, 0, 0, 1, 0x01000000);
  const edits = wish.edits.map(([length, from, speed]) =>
    wish.elst === 1 ? Buffer.concat([u64(length, from), u32(speed)]) : u32(length, from, speed),
  );
  const elst = full('elst', wish.elst, 0, u32(edits.length), ...edits);
  const handler = full('hdlr', 0, 0, u32(0), ascii(wish.handler), u32(0, 0, 0), ascii('Sound\0'));
  const dinf = box('dinf', full('dref', 0, 0, u32(1), full('url ', 0, 1)));
  const tables = ['stts', 'stsc', 'stco'].map((type) => full(type, 0, 0, u32(0)));
  const stbl = box('stbl', stsdOf(aac, wish), ...tables, full('stsz', 0, 0, u32(0, 0)));
  const trak = box(
    'trak',
    full('tkhd', 0, 3, place, matrix, u32(0, 0)),
    ...(edits.length === 0 ? [] : [box('edts', elst)]),
    box(
      'mdia',
      full('mdhd', 0, 0, u32(0, 0, scale, total, 0x55c40000)),
      handler,
      box('minf', dinf, stbl, full('smhd', 0, 0, u32(0))),
    ),
    ...wish.inTrak,
  );
  const traks = Array.from({ length: wish.tracks }, () => trak);
  const mvhd = full('mvhd', 0, 0, times, matrix, u32(0, 0, 0, 0, 0, 0, 2));
  return box('moov', mvhd, box('mvex', trex), ...traks, ...wish.inMoov);
}

function stsdOf({ config, channels, sampleRate }: Aac, wish: FragmentWish): Buffer {
  const codec = Buffer.concat([Buffer.from([wish.objectType, 0x15, 0, 0, 0]), u32(128_000, 128_000)]);
  const decoder = descriptor(0x04, codec, descriptor(0x05, config));
  const stream = descriptor(0x03, Buffer.from([0, 1, 0]), decoder, descriptor(0x06, Buffer.from([2])));
  const sound = Buffer.concat([u32(0, 1, 0, 0), u16(channels, 16, 0, 0), u32(sampleRate * 65_536)]);
  const entry = box(wish.entry, sound, full('esds', 0, 0, stream), ...wish.inEntry);
  return full('stsd', 0, 0, u32(wish.entries), ...Array.from({ length: wish.entries }, () => entry));
}

/** @param at where it begins in the file */
function fragmentOf({ frames }: Aac, wish: FragmentWish, first: number, at: number): Buffer {
  const own = frames.slice(first, first + wish.framesEach);
  const isLast = first + wish.framesEach >= frames.length;
  const sound = Buffer.concat([Buffer.alloc(wish.unused), ...own]);
  const time = first * wish.frameLength + (first > 0 ? wish.gap : 0);
  // Offsets don't change its length.
  const { length } = moofOf(own, wish, { at, time, isLast, offset: 0 });
  const offset = length + (wish.mdat === 'long' ? 16 : 8) + wish.unused;
  const wrap = wish.mdat === 'long' ? longBox : wish.mdat === 'endless' && isLast ? endlessBox : box;
  return Buffer.concat([moofOf(own, wish, { at, time, isLast, offset }), wrap('mdat', sound)]);
}

interface Fragment {
  readonly at: number;
  readonly time: number;
  readonly isLast: boolean;
  /** Of the frames, from the beginning of the fragment. */
  readonly offset: number;
}

function moofOf(frames: readonly Buffer[], wish: FragmentWish, fragment: Fragment): Buffer {
  const fields: readonly (readonly [boolean, number, Buffer])[] = [
    [wish.base === 'absolute', 0x01, u64(fragment.at)],
    [true, 0x02, u32(1)],
    [wish.lengths === 'tfhd', 0x08, u32(wish.frameLength)],
    [wish.sizes === 'tfhd', 0x10, u32(frames[0]?.length ?? 0)],
    [wish.flags === 'tfhd', 0x20, u32(0x02000000)],
    [wish.base === 'moof', 0x020000, Buffer.alloc(0)],
  ];
  const there = fields.filter(([isThere]) => isThere);
  const flags = there.reduce((all, [, flag]) => all | flag, wish.tfhdFlags);
  const tfhd = full('tfhd', 0, flags, u32(1), ...there.map(([, , field]) => field));
  const time = wish.tfdt === 1 ? u64(fragment.time) : u32(fragment.time);
  const tfdt = wish.tfdt === 'none' ? [] : [full('tfdt', wish.tfdt, 0, time)];
  const each = Math.ceil(frames.length / wish.runsEach);
  const runs: Buffer[] = [];
  let { offset } = fragment;
  for (let first = 0; first < frames.length; first += each) {
    const own = frames.slice(first, first + each);
    runs.push(runOf(own, wish, offset, fragment.isLast && first + each >= frames.length));
    offset += own.reduce((sum, frame) => sum + frame.length, 0);
  }
  const traf = box('traf', tfhd, ...tfdt, ...runs, ...wish.inTraf);
  return box('moof', full('mfhd', 0, 0, u32(1)), ...Array.from({ length: wish.trafsEach }, () => traf));
}

function runOf(frames: readonly Buffer[], wish: FragmentWish, offset: number, isLast: boolean): Buffer {
  const isShorter = isLast && wish.lastLength !== wish.frameLength;
  const hasLengths = wish.lengths === 'trun' || isShorter;
  const lengthOf = (frame: Buffer): number =>
    isShorter && frame === frames.at(-1) ? wish.lastLength : wish.frameLength;
  const rows = frames.flatMap((frame) => [
    ...(hasLengths ? [lengthOf(frame)] : []),
    ...(wish.sizes === 'trun' ? [frame.length] : []),
    ...(wish.flags === 'trun' ? [0x02000000] : []),
    ...(wish.compositionOffset === undefined ? [] : [wish.compositionOffset]),
  ]);
  const flags =
    (wish.flags === 'first' ? 0x04 : 0) |
    (hasLengths ? 0x100 : 0) |
    (wish.sizes === 'trun' ? 0x200 : 0) |
    (wish.flags === 'trun' ? 0x400 : 0) |
    (wish.compositionOffset === undefined ? 0 : 0x800);
  const first = wish.flags === 'first' ? [u32(0x02000000)] : [];
  return full('trun', 1, 0x01 | flags | wish.trunFlags, u32(frames.length, offset), ...first, u32(...rows));
}

const rates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000];

/** The frames of an ADTS stream without checksums (ISO/IEC 13818-7, 6.2). */
export function readAdts(stream: Buffer): Aac {
  const frames: Buffer[] = [];
  for (let at = 0; at < stream.length;) {
    const size = (stream.readUInt32BE(at + 2) >> 5) & 0x1fff;
    frames.push(stream.subarray(at + 7, at + size));
    at += size;
  }
  const head = stream.readUInt16BE(2);
  const [kind, rate, channels] = [(head >> 14) + 1, (head >> 10) & 15, (head >> 6) & 7];
  const config = u16((kind << 11) | (rate << 7) | (channels << 3));
  return { sampleRate: rates[rate] ?? 0, channels, config, frames };
}
