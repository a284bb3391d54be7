import { Readable } from 'node:stream';
import { runProcess } from '../system/process.ts';
import { chromaprintOptions, readFingerprint } from './measurement.ts';

export interface FingerprintParts {
  /** One that makes fingerprints; see chromaprint.ts. */
  readonly ffmpegPath: string;
  readonly signal: AbortSignal;
  /** Of the beginning; all of it without. */
  readonly seconds?: number;
  /** ffmpeg is ended when it takes longer. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 60_000;
/** Twelve hours have 350,000 values. */
const mostOutputBytes = 2 * 2 ** 20;

/**
 * Chromaprint's values of a sound in memory, in any format that ffmpeg reads from a pipe; measure-file.ts makes those of
 * files. Undefined where ffmpeg can't read it, can't be started or takes too long, and for less than 3 s.
 * @throws the signal's reason
 */
export async function fingerprintOf(
  bytes: Uint8Array,
  { ffmpegPath, signal, seconds, timeoutMs = defaultTimeoutMs }: FingerprintParts,
): Promise<Uint32Array | undefined> {
  // What somebody sent must not make ffmpeg open anything else: a playlist would.
  const input = ['-protocol_whitelist', 'pipe', '-i', 'pipe:0'];
  const args = [
    ...['-hide_banner', '-v', 'error', ...input, '-map', '0:a:0'],
    ...(seconds === undefined ? [] : ['-t', String(seconds)]),
    ...[...chromaprintOptions, '-fp_format', 'raw', '-f', 'chromaprint', 'pipe:1'],
  ];
  try {
    const { exitCode, stdout } = await runProcess(ffmpegPath, args, {
      signal,
      timeoutMs,
      maxOutputBytes: mostOutputBytes,
      encoding: 'latin1',
      input: Readable.from([bytes]),
    });
    return exitCode === 0 ? readFingerprint(Buffer.from(stdout, 'latin1')) : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
