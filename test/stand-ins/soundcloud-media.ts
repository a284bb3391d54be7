import { open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { sendFailingMedia } from './failing-media.ts';
import type { MediaWish } from './soundcloud-calls.ts';
import type { SoundCloudMediaFailure } from './soundcloud-failures.ts';
import type { Sound } from './soundcloud-sounds.ts';

const mimeTypes = { aac: 'audio/mp4', mp3: 'audio/mpeg', opus: 'audio/ogg' } as const;

export interface SoundAnswer {
  readonly sound: Sound;
  readonly wish: MediaWish;
  /** The Range header. */
  readonly rangeHeader: string | undefined;
  readonly failure: SoundCloudMediaFailure | undefined;
  readonly bytesPerSecond: number | undefined;
}

/** Sends a file, or a segment of it, at the speed and with the failure that were asked for. */
export async function sendSound(response: ServerResponse, answer: SoundAnswer): Promise<void> {
  const { sound, wish, failure } = answer;
  const place = placeOf(sound, wish);
  if (place === undefined) {
    response.writeHead(404).end();
    return;
  }
  if (failure === 'empty-file' || failure === 'torn' || failure === 'stall') {
    await breakOff(response, sound, place, failure);
    return;
  }
  const media = {
    path: sound.path,
    sizeBytes: sound.sizeBytes,
    mimeType: mimeTypes[wish.codec],
    // A segment has an address of its own, so it is whole though it is a part of the file.
    ...(wish.part === 'file'
      ? { rangeHeader: answer.rangeHeader }
      : { rangeParameter: `${place.start}-${place.end - 1}` }),
  };
  await sendFailingMedia(response, media, failure, answer.bytesPerSecond);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placeOf(sound: Sound, wish: MediaWish): Place | undefined {
  switch (wish.part) {
    case 'file':
      return { start: 0, end: sound.sizeBytes };
    case 'head':
      return { start: 0, end: sound.headBytes };
    case 'segment':
      return sound.segments[wish.index];
    case 'playlist':
      return undefined;
  }
}

/** Promises all and sends nothing or half; then it ends, breaks the connection or falls silent. */
async function breakOff(
  response: ServerResponse,
  sound: Sound,
  { start, end }: Place,
  failure: 'empty-file' | 'torn' | 'stall',
): Promise<void> {
  if (failure === 'empty-file') {
    response.writeHead(200, { 'content-length': 0 }).end();
    return;
  }
  const half = Buffer.alloc(Math.floor((end - start) / 2));
  await using file = await open(sound.path);
  await file.read(half, 0, half.length, start);
  response.writeHead(200, { 'content-length': end - start });
  // What was written must be on its way before the connection breaks.
  await new Promise<void>((resolve) => response.write(half, () => resolve()));
  if (failure === 'torn') response.destroy();
}
