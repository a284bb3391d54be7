import { crc32 } from 'node:zlib';
import { sha256 } from '../system/files.ts';
import type { Cover } from '../enrich/enricher.ts';

/** Bytes of a picture that hold HARMONI's mark. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * A picture with a comment that says HARMONI wrote it, and a hash of the rest: so it's known again wherever it goes, as
 * long as nobody changed it. The picture itself stays as it is. Pure.
 */
export function withCoverMark({ mimeType, data }: Cover): Buffer {
  const picture = Buffer.from(data);
  const text = textFor(picture);
  const [at, comment] =
    mimeType === 'image/jpeg'
      ? [afterJpegHeader(picture), jpegComment(text)]
      : [afterPngHeader, pngComment(text)];
  return Buffer.concat([picture.subarray(0, at), comment, picture.subarray(at)]);
}

/** Whether HARMONI wrote this picture, and nobody changed it since. Pure. */
export function isOwnCover(picture: Buffer): boolean {
  const place = picture[0] === 0xff ? jpegPlace(picture) : pngPlace;
  const rest = Buffer.concat([picture.subarray(0, place.start), picture.subarray(place.end)]);
  return picture.subarray(place.start, place.end).includes(textFor(rest));
}

const textFor = (picture: Buffer): string => `HARMONI ${sha256(picture).slice(0, 16)}`;
/** The length of what `textFor` gives. */
const textBytes = 24;

/** JPEG (ITU-T T.81, B.2.4.5): COM is ff fe, a length that counts itself, and any bytes. JFIF and Exif want to be in front. */
function jpegComment(text: string): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([head, Buffer.from(text)]);
}

function jpegPlace(picture: Buffer): Place {
  const start = afterJpegHeader(picture);
  return { start, end: start + 4 + textBytes };
}

function afterJpegHeader(picture: Buffer): number {
  let at = 2;
  while (picture[at] === 0xff && ((picture[at + 1] ?? 0) & 0xf0) === 0xe0 && at + 4 <= picture.length)
    at += 2 + picture.readUInt16BE(at + 2);
  return Math.min(at, picture.length);
}

/** PNG (11.3.3.3): the signature and IHDR, then tEXt with a keyword, a zero and the text. */
const afterPngHeader = 8 + 25;
const keyword = 'Comment\0';

function pngComment(text: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}${text}`, 'latin1');
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const pngPlace: Place = {
  start: afterPngHeader,
  end: afterPngHeader + 12 + keyword.length + textBytes,
};
