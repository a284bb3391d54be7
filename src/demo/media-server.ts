import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaFailure } from './youtube-failures.ts';

export interface MediaRequest {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mimeType: string;
  /** The Range header. */
  readonly rangeHeader?: string | undefined;
  /** The `range` parameter, which older yt-dlp sends instead: it is answered with 200. */
  readonly rangeParameter?: string | undefined;
  readonly failure?: MediaFailure | undefined;
  readonly bytesPerSecond?: number | undefined;
}

const slowBytesPerSecond = 16 * 1024;
/** A limited connection sends its share so many times a second. */
const portionsPerSecond = 20;

/** Sends a file or a range of it, at the speed and with the failure that were asked for. */
export async function sendMedia(response: ServerResponse, request: MediaRequest): Promise<void> {
  const { sizeBytes, failure } = request;
  const range = /^(?:bytes=)?(\d+)-(\d*)$/.exec(request.rangeHeader ?? request.rangeParameter ?? '0-');
  const start = Number(range?.[1] ?? 0);
  const end = Math.min(range?.[2] ? Number(range[2]) : sizeBytes - 1, sizeBytes - 1);
  if (start > end) {
    response.writeHead(416, { 'content-range': `bytes */${sizeBytes}` }).end();
    return;
  }

  const isPart = request.rangeHeader !== undefined;
  response.writeHead(isPart ? 206 : 200, {
    'content-type': request.mimeType,
    'content-length': failure === 'empty-file' ? 0 : end - start + 1,
    'accept-ranges': 'bytes',
    ...(isPart ? { 'content-range': `bytes ${start}-${end}/${sizeBytes}` } : {}),
  });
  if (failure === 'empty-file') {
    response.end();
    return;
  }

  const breaksOff = failure === 'torn' || failure === 'stall';
  const last = breaksOff ? Math.min(end, Math.floor(sizeBytes / 2)) : end;
  response.flushHeaders();
  if (start <= last) {
    const bytesPerSecond = failure === 'slow' ? slowBytesPerSecond : request.bytesPerSecond;
    const highWaterMark = bytesPerSecond && Math.max(1, Math.floor(bytesPerSecond / portionsPerSecond));
    await pour(createReadStream(request.path, { start, end: last, highWaterMark }), response, bytesPerSecond);
  }
  if (failure === 'torn') response.destroy();
  else if (failure !== 'stall') response.end();
}

/** Writes all of `source`, no faster than the speed and no faster than the reader takes it. */
async function pour(source: Readable, response: ServerResponse, bytesPerSecond?: number): Promise<void> {
  for await (const chunk of source) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
    if (bytesPerSecond !== undefined) await sleep(1000 / portionsPerSecond);
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
