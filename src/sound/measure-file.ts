import { setPriority } from 'node:os';
import { abortReason } from '../system/abort.ts';
import { endGroup, keepTail, startChild } from '../system/process.ts';
import { splitLines } from '../system/split-lines.ts';
import { createListener } from './listener.ts';
import { fingerprintArguments, measureArguments, readFingerprint, type Measurement } from './measurement.ts';

export interface DecodeParts {
  readonly ffmpegPath: string;
  readonly signal: AbortSignal;
  /** ffmpeg is ended when it takes longer: twelve hours of sound take ten minutes. */
  readonly timeoutMs?: number;
  /** Everything else on the machine goes first. */
  readonly isLowPriority?: boolean;
}

export interface MeasureParts extends DecodeParts {
  /** Whether this ffmpeg makes fingerprints; see chromaprint.ts. */
  readonly hasFingerprint: boolean;
}

/** A file that nobody could look at (no ffmpeg, no time, a signal, no permission) is not a broken one. */
export type Measured = { readonly found: Measurement } | { readonly notChecked: string };

const defaultTimeoutMs = 30 * 60_000;
/** A fingerprint has less than 60 kB. */
const mostOutputBytes = 2 ** 20;
/** nice's usual step down. */
const lowPriority = 10;

/** What ffmpeg says of a file that is no sound, and not of itself, the disk or the machine. */
const noSound =
  /Invalid data found when processing input|matches no streams|Could not find codec parameters|does not contain any stream|moov atom not found|End of file/;

/**
 * Decodes a file once and finds all that there is to hear: whether it is whole, how loud it is, its fingerprint and its
 * length.
 * @throws the signal's reason
 */
export async function measureFile(path: string, parts: MeasureParts): Promise<Measured> {
  const listener = createListener();
  const end = await decode(measureArguments(path, parts.hasFingerprint), parts, (line) =>
    listener.line(line),
  );
  if ('bytes' in end) return { found: { ...listener.heard(), fingerprint: readFingerprint(end.bytes) } };
  return end.isNoSound ? { found: unreadable } : { notChecked: end.why };
}

/**
 * Decodes a file once, for its fingerprint alone.
 * @param parts with the seconds of its beginning that it's to be of; the whole without
 * @returns undefined where it's too short for one, or nobody could look at it
 * @throws the signal's reason
 */
export async function fingerprintFile(
  path: string,
  { seconds, ...parts }: DecodeParts & { readonly seconds?: number },
): Promise<Uint32Array | undefined> {
  const end = await decode(fingerprintArguments(path, seconds), parts, () => undefined);
  return 'bytes' in end ? readFingerprint(end.bytes) : undefined;
}

type Decoded = { readonly bytes: Uint8Array } | { readonly why: string; readonly isNoSound: boolean };

/** Runs ffmpeg to its end. @param onLine told each line of its stderr */
async function decode(
  args: readonly string[],
  { ffmpegPath, signal, timeoutMs = defaultTimeoutMs, isLowPriority = false }: DecodeParts,
  onLine: (line: string) => void,
): Promise<Decoded> {
  signal.throwIfAborted();
  const child = startChild(ffmpegPath, args);
  if (isLowPriority) lower(child.pid);
  let lastWords = '';
  const time = { isOver: false };
  const stdout = keepBytes(mostOutputBytes);
  const stderr = keepTail(mostOutputBytes);
  const lines = splitLines(
    (line) => {
      onLine(line);
      if (line.trim() !== '') lastWords = line.trim();
    },
    { returns: true },
  );
  child.stdout.on('data', stdout.add);
  child.stderr.on('data', (chunk: Buffer) => {
    stderr.add(chunk);
    lines.add(chunk);
  });
  const stop = (): void => void endGroup(child);
  const timer = setTimeout(() => {
    time.isOver = true;
    stop();
  }, timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const end = await endOf(child);
    lines.end();
    if (signal.aborted) throw abortReason(signal);
    if (time.isOver) return { why: 'ffmpeg took too long', isNoSound: false };
    if (typeof end === 'string') return { why: end, isNoSound: false };
    if (end === 0) return { bytes: stdout.bytes() };
    return { why: lastWords.slice(0, 160), isNoSound: noSound.test(stderr.text()) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

const unreadable: Measurement = {
  loudness: undefined,
  fingerprint: undefined,
  lengthMs: undefined,
  fault: "ffmpeg can't read it",
};

/** The exit code, or why there is none. */
function endOf(child: ReturnType<typeof startChild>): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(`ffmpeg can't be started (${error.message})`);
    });
    child.once('close', (code, signal) => {
      resolve(code ?? `ffmpeg was killed (${String(signal)})`);
    });
  });
}

/** Its threads begin after this, and are as polite. */
function lower(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, lowPriority);
  } catch {
    // It is gone already, or this user may not.
  }
}

/** The first bytes of a stream. */
function keepBytes(most: number): { add: (chunk: Buffer) => void; bytes: () => Buffer } {
  const kept: Buffer[] = [];
  let size = 0;
  return {
    add(chunk) {
      if (size < most) kept.push(chunk);
      size += chunk.length;
    },
    bytes: () => Buffer.concat(kept),
  };
}
