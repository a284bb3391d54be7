import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** A file, and the range of it that is asked for. */
export interface Media {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mimeType: string;
  /** The Range header. */
  readonly rangeHeader?: string | undefined;
  /** The `range` parameter, which older yt-dlp sends instead: it is answered with 200. */
  readonly rangeParameter?: string | undefined;
}

/** The first and the last byte that are asked for. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Sends a file or a range of it. */
export async function sendMedia(response: ServerResponse, media: Media): Promise<void> {
  const range = rangeOf(media);
  if (range === undefined) {
    response.writeHead(416, { 'content-range': `bytes */${media.sizeBytes}` }).end();
    return;
  }
  writeMediaHead(response, media, range);
  await pipeline(createReadStream(media.path, range), response);
}

/** Undefined for a range behind the file's end. */
export function rangeOf({ sizeBytes, rangeHeader, rangeParameter }: Media): Range | undefined {
  const asked = /^(?:bytes=)?(\d+)-(\d*)$/.exec(rangeHeader ?? rangeParameter ?? '0-');
  const start = Number(asked?.[1] ?? 0);
  const end = Math.min(asked?.[2] ? Number(asked[2]) : sizeBytes - 1, sizeBytes - 1);
  return start > end ? undefined : { start, end };
}

/** @param length bytes of the body, where it's not the whole range */
export function writeMediaHead(
  response: ServerResponse,
  media: Media,
  { start, end }: Range,
  length = end - start + 1,
): void {
  const isPart = media.rangeHeader !== undefined;
  response.writeHead(isPart ? 206 : 200, {
    'content-type': media.mimeType,
    'content-length': length,
    'accept-ranges': 'bytes',
    ...(isPart ? { 'content-range': `bytes ${start}-${end}/${media.sizeBytes}` } : {}),
  });
}
