import { Readable } from 'node:stream';
import { runProcess } from '../../src/system/process.ts';
import { musicRate } from './music.ts';

/** What a sound is made into: its format, and the part of it. */
export interface SoundWish {
  /** ffmpeg's name of the format: "mp3", "opus", "wav". */
  readonly format: string;
  readonly fromSeconds?: number;
  readonly seconds?: number;
  /** Filters of ffmpeg's. */
  readonly filter?: string;
}

/** A piece of music, or another PCM of its kind, as a file of some format. */
export async function encodeSound(
  ffmpeg: string,
  pcm: Buffer,
  { format, fromSeconds = 0, seconds, filter }: SoundWish,
): Promise<Buffer> {
  const { stdout, stderr, exitCode } = await runProcess(
    ffmpeg,
    [
      ...['-v', 'error', '-f', 's16le', '-ar', String(musicRate), '-ac', '1', '-i', 'pipe:0'],
      ...['-ss', String(fromSeconds), ...(seconds === undefined ? [] : ['-t', String(seconds)])],
      ...(filter === undefined ? [] : ['-af', filter]),
      ...['-f', format, 'pipe:1'],
    ],
    { input: Readable.from([pcm]), encoding: 'latin1', maxOutputBytes: 64 * 2 ** 20 },
  );
  if (exitCode !== 0) throw new Error(stderr);
  return Buffer.from(stdout, 'latin1');
}
