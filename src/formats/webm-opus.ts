/** An Opus stream in a file of another container. A song has 10,000 packets: they are offsets, not objects. */
export interface OpusStream {
  /** The identification header (RFC 7845, 5.1), as it stands in CodecPrivate. */
  readonly head: Buffer;
  readonly file: Buffer;
  /** Where each packet begins in the file, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Samples at 48 kHz at the end that are not to be heard. */
  readonly discardedSamples: number;
}

/** Matroska's element ids (RFC 9559), as they stand in the file. */
const id = {
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  contentEncodings: 0x6d80,
  cluster: 0x1f43b675,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
  discardPadding: 0x75a2,
} as const;

/** Elements that hold others. Their end is where their parent's is when the size is not known (live streams). */
const masters: ReadonlySet<number> = new Set([
  id.segment,
  id.tracks,
  id.trackEntry,
  id.cluster,
  id.blockGroup,
]);

/**
 * Reads the one Opus track of a WebM file, as YouTube's itag 251 is. Returns undefined for anything else: more tracks,
 * lacing, encryption, another codec, a file that ends in the middle. Pure.
 */
export function readWebmOpus(file: Buffer): OpusStream | undefined {
  const found: { head?: Buffer; tracks: number; isOpus: boolean; discardedNs: number } = {
    tracks: 0,
    isOpus: false,
    discardedNs: 0,
  };
  const starts: number[] = [];
  const ends: number[] = [];

  function take(element: number, start: number, end: number): boolean {
    if (element === id.simpleBlock || element === id.block) {
      const packet = packetStart(file, start, end);
      if (packet === undefined) return false;
      starts.push(packet);
      ends.push(end);
      found.discardedNs = 0;
    } else if (element === id.trackEntry) found.tracks += 1;
    else if (element === id.codecId) {
      found.isOpus = file.toString('latin1', start, end).replace(/\0+$/, '') === 'A_OPUS';
    } else if (element === id.codecPrivate) found.head = file.subarray(start, end);
    else if (element === id.discardPadding) found.discardedNs = signedOf(file.subarray(start, end));
    return element !== id.contentEncodings;
  }

  if (!walk(file, take)) return undefined;
  const { head, tracks, isOpus, discardedNs } = found;
  if (tracks !== 1 || !isOpus || starts.length === 0) return undefined;
  if (head?.toString('latin1', 0, 8) !== 'OpusHead') return undefined;
  const discardedSamples = Math.max(0, Math.round((discardedNs * 48_000) / 1e9));
  return { head, file, starts, ends, discardedSamples };
}

/**
 * Hands on every element in file order, with where its data begins and ends; masters come before their children. Returns
 * false where the file ends too early or a number is none, or as soon as `take` does.
 */
function walk(file: Buffer, take: (id: number, start: number, end: number) => boolean): boolean {
  for (let at = 0; at < file.length;) {
    const idLength = lengthOfVint(file, at);
    const sizeAt = at + idLength;
    const sizeLength = lengthOfVint(file, sizeAt);
    const start = sizeAt + sizeLength;
    if (idLength > 4 || sizeLength > 8 || start > file.length) return false;
    const element = file.readUIntBE(at, idLength);
    const isMaster = masters.has(element);
    const size = isMaster ? 0 : sizeOfVint(file, sizeAt, sizeLength);
    if (size === undefined || start + size > file.length) return false;
    if (!take(element, start, start + size)) return false;
    at = start + size;
  }
  return true;
}

/** The length of a variable-size integer by its leading zeros (RFC 8794, 4); 9 where it is none, or the file ends. */
function lengthOfVint(file: Buffer, at: number): number {
  return Math.clz32(file[at] ?? 0) - 23;
}

/** undefined when all its bits are set: the size is not known. */
function sizeOfVint(file: Buffer, at: number, length: number): number | undefined {
  const first = file[at] ?? 0;
  let value = first & (0xff >> length);
  let unknown = value === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const byte = file[at + index] ?? 0;
    unknown &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return unknown ? undefined : value;
}

/** Where the frame of a block begins: track number, timecode and flags go before it. Laced blocks hold several: not read here. */
function packetStart(file: Buffer, start: number, end: number): number | undefined {
  const header = lengthOfVint(file, start) + 3;
  const lacing = (file[start + header - 1] ?? 0) & 0x06;
  return header <= 11 && lacing === 0 && start + header < end ? start + header : undefined;
}

function signedOf(data: Buffer): number {
  return data.length === 0 || data.length > 6 ? 0 : data.readIntBE(0, data.length);
}
