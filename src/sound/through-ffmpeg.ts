import { Readable } from 'node:stream';
import { runProcess } from '../system/process.ts';

export interface ThroughFfmpegParts {
  readonly ffmpegPath: string;
  readonly signal: AbortSignal;
  /** ffmpeg is ended when it takes longer. */
  readonly timeoutMs?: number;
}

/** What somebody sent must not make ffmpeg open anything else: a playlist would. Threads are more work than they save. */
export const fromPipe: readonly string[] = [
  ...['-threads', '1', '-protocol_whitelist', 'pipe'],
  ...['-i', 'pipe:0'],
];

const defaultTimeoutMs = 60_000;
/** A fingerprint of twelve hours has 1.4 MB, and half a minute of samples 0.7. */
const maxOutputBytes = 2 * 2 ** 20;

/**
 * What ffmpeg makes of bytes. Undefined where it makes nothing, can't be started or takes too long.
 * @param args up to where it writes, with where it reads: `fromPipe` for what comes from elsewhere
 * @throws the signal's reason
 */
export async function throughFfmpeg(
  args: readonly string[],
  bytes: Uint8Array,
  { ffmpegPath, signal, timeoutMs = defaultTimeoutMs }: ThroughFfmpegParts,
): Promise<Buffer | undefined> {
  try {
    const { exitCode, stdout } = await runProcess(
      ffmpegPath,
      ['-hide_banner', '-v', 'error', ...args, 'pipe:1'],
      { signal, timeoutMs, maxOutputBytes, encoding: 'latin1', input: Readable.from([bytes]) },
    );
    return exitCode === 0 && stdout !== '' ? Buffer.from(stdout, 'latin1') : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
