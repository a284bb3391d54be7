/** An Opus stream taken out of WebM. */
export interface OpusStream {
  /** The identification header (RFC 7845, 5.1), as it stands in CodecPrivate. */
  readonly head: Buffer;
  readonly packets: readonly Buffer[];
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

interface Element {
  readonly id: number;
  readonly data: Buffer;
}

/**
 * Reads the one Opus track of a WebM file, as YouTube's itag 251 is. Returns undefined for anything else: more tracks,
 * lacing, encryption, another codec, a file that ends in the middle. Pure.
 */
export function readWebmOpus(file: Buffer): OpusStream | undefined {
  let head: Buffer | undefined;
  let tracks = 0;
  let isOpus = false;
  let discardedNs = 0;
  const packets: Buffer[] = [];
  try {
    for (const element of elementsOf(file)) {
      if (element.id === id.trackEntry) tracks += 1;
      else if (element.id === id.codecId)
        isOpus = element.data.toString('latin1').replace(/\0+$/, '') === 'A_OPUS';
      else if (element.id === id.codecPrivate) head = element.data;
      else if (element.id === id.contentEncodings) return undefined;
      else if (element.id === id.discardPadding) discardedNs = signedOf(element.data);
      else if (element.id === id.simpleBlock || element.id === id.block) {
        const packet = packetOf(element.data);
        if (packet === undefined) return undefined;
        packets.push(packet);
        discardedNs = 0;
      }
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  if (tracks !== 1 || !isOpus || head?.toString('latin1', 0, 8) !== 'OpusHead' || packets.length === 0)
    return undefined;
  return { head, packets, discardedSamples: Math.max(0, Math.round((discardedNs * 48_000) / 1e9)) };
}

/** Every element in file order, masters before their children. @throws RangeError where the file ends too early */
function* elementsOf(file: Buffer): Generator<Element> {
  let at = 0;
  while (at < file.length) {
    const idLength = lengthOfVint(file, at, 4);
    const elementId = file.readUIntBE(at, idLength);
    const sizeLength = lengthOfVint(file, at + idLength, 8);
    const start = at + idLength + sizeLength;
    const size = sizeOfVint(file, at + idLength, sizeLength);
    if (masters.has(elementId)) {
      yield { id: elementId, data: Buffer.alloc(0) };
      at = start;
      continue;
    }
    if (size === undefined || start + size > file.length)
      throw new RangeError('an element ends behind the file');
    yield { id: elementId, data: file.subarray(start, start + size) };
    at = start + size;
  }
}

/** The length of a variable-size integer by its leading zeros (RFC 8794, 4). */
function lengthOfVint(file: Buffer, at: number, most: number): number {
  const length = Math.clz32(file.readUInt8(at)) - 23;
  if (length > most) throw new RangeError('not an EBML number');
  return length;
}

/** undefined when all its bits are set: the size is not known. */
function sizeOfVint(file: Buffer, at: number, length: number): number | undefined {
  let value = file.readUInt8(at) & (0xff >> length);
  let unknown = value === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const byte = file.readUInt8(at + index);
    unknown &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return unknown ? undefined : value;
}

/** The frame of a block: track number, timecode and flags go before it. Laced blocks hold several: not read here. */
function packetOf(block: Buffer): Buffer | undefined {
  const header = lengthOfVint(block, 0, 8) + 3;
  const lacing = block.readUInt8(header - 1) & 0x06;
  return lacing === 0 && block.length > header ? block.subarray(header) : undefined;
}

function signedOf(data: Buffer): number {
  return data.length === 0 || data.length > 6 ? 0 : data.readIntBE(0, data.length);
}
