import fluentFfmpeg from 'fluent-ffmpeg';
import { HarmoniError } from '../errors.ts';
import { adopt } from '../system/process.ts';
import type { ConversionPlan } from './conversion-plan.ts';

/** A file to be made from another. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly plan: ConversionPlan;
}

export interface FfmpegOptions {
  readonly ffmpegPath: string;
  /** The user's own output arguments. */
  readonly extraArgs: readonly string[];
  readonly signal: AbortSignal;
  /** Milliseconds of sound that are done. */
  readonly onProgress?: (doneMs: number) => void;
}

/**
 * Runs one conversion by fluent-ffmpeg. Only sound is taken, and no tags: they are written afterwards.
 * @throws HarmoniError convert-failed, disk-full, ffmpeg-missing; the signal's reason
 */
export function runFfmpeg({ from, to, plan }: Conversion, options: FfmpegOptions): Promise<void> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const command = fluentFfmpeg(from)
      .setFfmpegPath(options.ffmpegPath)
      .noVideo()
      .audioCodec(plan.codec)
      .outputOptions(['-map', '0:a:0', '-map_metadata', '-1', ...plan.options, ...options.extraArgs])
      // Work files have no telling extension.
      .format(plan.container);
    const stop = (): void => {
      command.kill('SIGKILL');
    };
    const settle = (then: () => void): void => {
      signal.removeEventListener('abort', stop);
      then();
    };
    command
      .on('start', () => {
        // Before `start` there is no process, and a kill would be forgotten.
        const child: unknown = Reflect.get(command, 'ffmpegProc');
        if (isChild(child)) {
          // fluent-ffmpeg's own handler throws where nobody can catch it (2.1.3).
          child.removeAllListeners('error');
          child.once('error', (error) => settle(() => reject(asConvertError(error, ''))));
          adopt(child);
        }
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      })
      .on('progress', ({ timemark }) => {
        const doneMs = timemarkMs(timemark);
        if (doneMs !== undefined) options.onProgress?.(doneMs);
      })
      .on('end', (_stdout, stderr) =>
        settle(() => {
          // On a full disk ffmpeg 5.1 ends well when only the last bytes did not fit.
          if (diskFull.test(stderr ?? '')) reject(asConvertError(new Error('disk full'), stderr ?? ''));
          else resolve();
        }),
      )
      .on('error', (error: Error, _stdout, stderr) =>
        settle(() => {
          if (signal.aborted) reject(asError(signal.reason));
          else reject(asConvertError(error, stderr ?? ''));
        }),
      )
      .save(to);
  });
}

function isChild(value: unknown): value is Parameters<typeof adopt>[0] {
  return typeof value === 'object' && value !== null && 'exitCode' in value && 'once' in value;
}

const diskFull = /No space left|Disk quota/i;

/** "00:03:30.01" in milliseconds. */
function timemarkMs(timemark: string): number | undefined {
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(timemark);
  if (match === null) return undefined;
  return ((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000;
}

function asConvertError(cause: Error, stderr: string): HarmoniError {
  if (/^spawn |Cannot find ffmpeg/.test(cause.message)) {
    return new HarmoniError('ffmpeg-missing', 'ffmpeg cannot be started.', { cause });
  }
  if (diskFull.test(stderr + cause.message)) {
    return new HarmoniError('disk-full', 'No space is left for the converted file.', { cause });
  }
  const last = stderr.trim().split('\n').at(-1)?.trim() ?? cause.message;
  return new HarmoniError('convert-failed', `ffmpeg could not convert the audio (${last.slice(0, 160)}).`, {
    cause,
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted');
}
