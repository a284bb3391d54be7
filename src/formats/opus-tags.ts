import {
  beginPage,
  mostSegments,
  pageEnd,
  pageHeader,
  renumberPage,
  segmentsOf,
  writeChecksum,
} from './ogg-page.ts';

/** Tags of Ogg Opus (RFC 7845, 5.2). */

/** A front cover. */
export interface Picture {
  readonly mimeType: string;
  readonly data: Uint8Array;
}

/**
 * Gives an Ogg Opus file other tags. Its sound is not looked at: where the tags need more pages than before, the pages
 * of the sound are numbered anew, in the buffer that was handed in.
 * @param comments the values of each field
 * @returns the new file in parts, or undefined for a file that is not one plain Opus stream from its first page to its last
 */
export function replaceOpusTags(
  file: Buffer,
  comments: Readonly<Record<string, readonly string[]>>,
  cover: Picture | undefined,
): readonly Buffer[] | undefined {
  const found = findTags(file);
  if (found === undefined) return undefined;
  return withTags(file, found, textsOf(comments, cover));
}

/**
 * Gives an Ogg Opus file some other tags, in the same way; all others stay as they are, byte for byte and in their order.
 * @param comments the new values of each field, by names in any case; none for a field that goes
 * @param cover replaces all pictures
 */
export function updateOpusTags(
  file: Buffer,
  comments: Readonly<Record<string, readonly string[]>>,
  cover: Picture | undefined,
): readonly Buffer[] | undefined {
  const found = findTags(file);
  if (found?.comments === undefined) return undefined;
  const changed = new Set(Object.keys(comments).map((name) => name.toUpperCase()));
  const stays = (text: Buffer): boolean => {
    const name = text.toString('latin1', 0, Math.max(0, text.indexOf('='))).toUpperCase();
    return !changed.has(name) && (cover === undefined || !pictureNames.has(name));
  };
  return withTags(file, found, [...found.comments.filter(stays), ...textsOf(comments, cover)]);
}

const pictureNames = new Set(['METADATA_BLOCK_PICTURE', 'COVERART', 'COVERARTMIME']);

function textsOf(
  comments: Readonly<Record<string, readonly string[]>>,
  cover: Picture | undefined,
): readonly Buffer[] {
  const texts = Object.entries(comments).flatMap(([name, values]) =>
    values.map((value) => Buffer.from(`${name}=${value}`)),
  );
  return cover === undefined ? texts : [...texts, pictureText(cover)];
}

function withTags(file: Buffer, found: FoundTags, texts: readonly Buffer[]): readonly Buffer[] | undefined {
  const pages = pagesOfPacket(commentPacket(found.vendor, texts), found.serial);
  const sound = file.subarray(found.end);
  const moved = pages.count - found.pages;
  if (!renumber(sound, found.serial, moved)) return undefined;
  return [file.subarray(0, found.start), pages.bytes, sound];
}

interface FoundTags {
  readonly serial: number;
  /** Where their first page begins, and where that of the sound does. */
  readonly start: number;
  readonly end: number;
  readonly pages: number;
  /** Who made the file. */
  readonly vendor: Buffer;
  /** NAME=value each; undefined where there is more than comments, or they don't fit. */
  readonly comments: readonly Buffer[] | undefined;
}

/** A plain file has one page with the head, then pages with nothing but the tags. */
function findTags(file: Buffer): FoundTags | undefined {
  const start = pageEnd(file, 0);
  if (start === undefined || file.toString('latin1', 28, 36) !== 'OpusHead' || file[26] !== 1)
    return undefined;
  const parts: Buffer[] = [];
  for (let at = start, pages = 1; ; pages += 1) {
    const end = pageEnd(file, at);
    if (end === undefined) return undefined;
    const sound = at + pageHeader + (file[at + 26] ?? 0);
    parts.push(file.subarray(sound, end));
    // Only the last segment of a packet is shorter than 255 bytes.
    const ended = file.subarray(at + pageHeader, sound).findIndex((segment) => segment < 255);
    if (ended >= 0 && at + pageHeader + ended !== sound - 1) return undefined;
    at = end;
    if (ended < 0) continue;
    const packet = Buffer.concat(parts);
    if (packet.length < 16 || packet.toString('latin1', 0, 8) !== 'OpusTags') return undefined;
    const vendor = packet.subarray(12, 12 + packet.readUInt32LE(8));
    const comments = commentsIn(packet, 12 + vendor.length);
    return { serial: file.readUInt32LE(14), start, end, pages, vendor, comments };
  }
}

function commentsIn(packet: Buffer, start: number): readonly Buffer[] | undefined {
  if (start + 4 > packet.length) return undefined;
  const count = packet.readUInt32LE(start);
  const texts: Buffer[] = [];
  let at = start + 4;
  for (let index = 0; index < count; index += 1) {
    if (at + 4 > packet.length) return undefined;
    const end = at + 4 + packet.readUInt32LE(at);
    if (end > packet.length) return undefined;
    texts.push(packet.subarray(at + 4, end));
    at = end;
  }
  // What may follow is padding, or, where its first bit is set, another program's data (RFC 7845, 5.2).
  return at < packet.length && ((packet[at] ?? 0) & 1) === 1 ? undefined : texts;
}

function commentPacket(vendor: Buffer, texts: readonly Buffer[]): Buffer {
  const head = Buffer.from('OpusTags');
  return Buffer.concat([head, ...withLength(vendor), uint32(texts.length), ...texts.flatMap(withLength)]);
}

function withLength(text: Buffer): readonly Buffer[] {
  return [uint32(text.length), text];
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** FLAC's picture block (RFC 9639, 8.8) as a comment: the front cover. Its size in pixels need not be said. */
function pictureText({ mimeType, data }: Picture): Buffer {
  const description = 'Cover';
  const block = Buffer.alloc(32 + mimeType.length + description.length + data.length);
  block.writeUInt32BE(3);
  block.writeUInt32BE(mimeType.length, 4);
  let at = 8 + block.write(mimeType, 8, 'latin1');
  block.writeUInt32BE(description.length, at);
  at += 4 + block.write(description, at + 4, 'latin1');
  // Width, height, depth and colours stay 0.
  block.writeUInt32BE(data.length, at + 16);
  block.set(data, at + 20);
  return Buffer.from(`METADATA_BLOCK_PICTURE=${block.toString('base64')}`, 'latin1');
}

/** Lays one packet on pages of its own, from the second of the stream on. */
function pagesOfPacket(packet: Buffer, serial: number): { readonly bytes: Buffer; readonly count: number } {
  const segments = segmentsOf(packet.length);
  const count = Math.ceil(segments / mostSegments);
  const bytes = Buffer.allocUnsafe(count * pageHeader + segments + packet.length);
  let at = 0;
  for (let page = 0; page < count; page += 1) {
    const from = page * mostSegments;
    const here = Math.min(mostSegments, segments - from);
    const isLast = page === count - 1;
    const start = at;
    const granule = isLast ? 0 : -1;
    beginPage(bytes, start, { flags: page === 0 ? 0 : 1, granule, serial, sequence: page + 1 });
    bytes[start + 26] = here;
    at = start + pageHeader + here;
    bytes.fill(255, start + pageHeader, at);
    if (isLast) bytes[at - 1] = packet.length % 255;
    at += packet.copy(bytes, at, from * 255, Math.min(packet.length, (from + here) * 255));
    writeChecksum(bytes, start, at);
  }
  return { bytes, count };
}

/** Moves the numbers of all pages by so many; false where there is another stream, or no page. */
function renumber(sound: Buffer, serial: number, by: number): boolean {
  for (let at = 0; at < sound.length;) {
    const end = pageEnd(sound, at);
    if (end === undefined || sound.readUInt32LE(at + 14) !== serial) return false;
    if (by !== 0) renumberPage(sound, at, end, sound.readUInt32LE(at + 18) + by);
    at = end;
  }
  return true;
}
