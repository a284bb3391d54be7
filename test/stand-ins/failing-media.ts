import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { rangeOf, sendMedia, writeMediaHead, type Media } from '../../src/demo/media-server.ts';
import type { MediaFailure } from './youtube-failures.ts';

const slowBytesPerSecond = 16 * 1024;
/** A limited connection sends its share so many times a second. */
const portionsPerSecond = 20;

/** Sends a file or a range of it with a failure, or no faster than `bytesPerSecond`. */
export async function sendFailingMedia(
  response: ServerResponse,
  media: Media,
  failure: MediaFailure | undefined,
  bytesPerSecond: number | undefined,
): Promise<void> {
  const range = rangeOf(media);
  if (range === undefined || (failure ?? bytesPerSecond) === undefined) {
    await sendMedia(response, media);
    return;
  }
  if (failure === 'empty-file') {
    writeMediaHead(response, media, range, 0);
    response.end();
    return;
  }
  writeMediaHead(response, media, range);
  const breaksOff = failure === 'torn' || failure === 'stall';
  const { start } = range;
  const end = breaksOff ? Math.min(range.end, Math.floor(media.sizeBytes / 2)) : range.end;
  response.flushHeaders();
  if (start <= end) {
    const speed = failure === 'slow' ? slowBytesPerSecond : bytesPerSecond;
    const highWaterMark = speed && Math.max(1, Math.floor(speed / portionsPerSecond));
    await pour(createReadStream(media.path, { start, end, highWaterMark }), response, speed);
  }
  if (failure === 'torn') response.destroy();
  else if (failure !== 'stall') response.end();
}

/**
 * Writes all of `source`, no faster than the speed and no faster than the reader takes it. Each portion has its own moment,
 * counted from the first one, so that late timers do not add up.
 */
async function pour(source: Readable, response: ServerResponse, bytesPerSecond?: number): Promise<void> {
  const began = performance.now();
  let sent = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
    sent += chunk.length;
    if (bytesPerSecond !== undefined)
      await sleep(Math.max(0, began + (1000 * sent) / bytesPerSecond - performance.now()));
  }
  // What was written must be on its way before a torn connection breaks.
  await new Promise<void>((resolve) => response.write('', () => resolve()));
}

async function drained(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
}
