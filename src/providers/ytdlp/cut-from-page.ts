import { PassThrough } from 'node:stream';
import { runProcess } from '../../system/process.ts';
import { streamSound, type YtDlpDeps } from './entries.ts';
import type { Service } from './failures.ts';

export interface ClipParts extends YtDlpDeps {
  readonly ffmpegPath: string;
}

export interface ClipWish {
  /** The page of a video or an upload. */
  readonly url: string;
  /** What ffmpeg is told to make of its sound, with where that goes; `pipe:1` is into `bytes`. */
  readonly cutting: readonly string[];
  readonly signal: AbortSignal;
}

/** 90 s of it at 11,025 Hz. */
const mostBytes = 2 * 2 ** 20;

/**
 * Cuts a part out of a page's sound: yt-dlp sends it from its beginning, and is ended when ffmpeg has what it was told to
 * make. Whether it did so is for the caller to see.
 * @returns what ffmpeg wrote to its stdout, and what yt-dlp ended with where it didn't end well
 * @throws the signal's reason
 */
export async function cutFromPage(
  { ytDlp, silenceMs, ffmpegPath }: ClipParts,
  service: Service,
  { url, cutting, signal }: ClipWish,
): Promise<{ readonly bytes: Buffer; readonly failure: unknown }> {
  const sound = new PassThrough();
  const isCut = new AbortController();
  const args = ['-loglevel', 'error', '-i', 'pipe:0', ...cutting];
  const [streamed, cut] = await Promise.allSettled([
    streamSound({ ytDlp, silenceMs }, service, url, {
      sink: sound,
      signal: AbortSignal.any([signal, isCut.signal]),
    }),
    runProcess(ffmpegPath, args, {
      input: sound,
      signal,
      encoding: 'latin1',
      maxOutputBytes: mostBytes,
    }).finally(() => {
      // A yt-dlp that has sent all it had is about to say how it ended. Another one ends when its last words are read.
      if (!sound.writableEnded) isCut.abort();
      sound.unpipe().resume();
    }),
  ]);
  signal.throwIfAborted();
  const bytes = Buffer.from(cut.status === 'fulfilled' ? cut.value.stdout : '', 'latin1');
  return { bytes, failure: streamed.status === 'rejected' ? streamed.reason : undefined };
}
