import type { FfmpegCommand } from 'fluent-ffmpeg';
import { HarmoniError } from '../errors.ts';
import { abortReason } from '../system/abort.ts';
import type { Cut } from '../tracks/cut.ts';
import { readLength } from '../tracks/length-text.ts';
import type { ConversionPlan } from './conversion-plan.ts';
import { selectFilter, withSelectFilter } from './ffmpeg-cut.ts';
import { fingerprintOptions, filtersBeside } from '../sound/measurement.ts';
import { startOurWay } from './ffmpeg-process.ts';

/** A file to be made from another. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly plan: ConversionPlan;
  /** Parts that are left out. */
  readonly cuts?: readonly Cut[];
  /** What ffmpeg reads instead of `from` where they are left out of a copy: see `concatList`. */
  readonly list?: string;
}

export interface FfmpegOptions {
  readonly ffmpegPath: string;
  /** The user's own output arguments. */
  readonly extraArgs: readonly string[];
  readonly signal: AbortSignal;
  /** ffmpeg is ended when it prints nothing for so long. */
  readonly silenceMs: number;
  /** Measures what is encoded on the way: told each line of ffmpeg's; the fingerprint goes into a file. */
  readonly measure?: {
    readonly line: (text: string) => void;
    readonly fingerprintTo: string | undefined;
  };
  /** Milliseconds of sound that are done. */
  readonly onProgress?: (doneMs: number) => void;
}

/**
 * Runs one conversion by fluent-ffmpeg. Only sound is taken, and no tags: they are written afterwards.
 * @throws HarmoniError convert-failed, convert-stalled, disk-full, ffmpeg-missing; the signal's reason
 */
export async function runFfmpeg(conversion: Conversion, options: FfmpegOptions): Promise<void> {
  const { signal, silenceMs, measure } = options;
  const { from, to, plan, cuts = [], list } = conversion;
  const selected = list === undefined ? cuts : [];
  // What is measured is filtered with it.
  const pad = measure === undefined ? '0:a:0' : '[o]';
  const extraArgs = measure === undefined ? withSelectFilter(options.extraArgs, selected) : options.extraArgs;
  // Most downloads convert nothing, and many find every song there.
  const { default: fluentFfmpeg } = await import('fluent-ffmpeg');
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const input = list === undefined ? fluentFfmpeg(from) : ofList(fluentFfmpeg(list));
    const command = input
      .noVideo()
      .audioCodec(plan.codec)
      .outputOptions(['-map', pad, '-map_metadata', '-1', ...plan.options, ...extraArgs])
      // Work files have no telling extension.
      .format(plan.container);
    if (measure !== undefined)
      command.complexFilter(filtersBeside(measure.fingerprintTo !== undefined, selectFilter(selected)));
    // On a full disk ffmpeg 5.1 ends well when only the last bytes did not fit.
    let full = false;
    let lastWords = '';
    startOurWay(command, {
      path: options.ffmpegPath,
      signal,
      silenceMs,
      onErrorLine(line) {
        measure?.line(line);
        full ||= diskFull.test(line);
        const doneMs = progressMs(line);
        if (doneMs !== undefined) options.onProgress?.(doneMs);
        else if (!saysNothing.test(line)) lastWords = line.trim();
      },
    });
    command
      .on('end', () => {
        if (full) reject(noSpace(undefined));
        else resolve();
      })
      .on('error', (error: Error) => {
        if (signal.aborted) reject(abortReason(signal));
        else if (full) reject(noSpace(error));
        else reject(asConvertError(error, lastWords));
      })
      .output(to);
    const { fingerprintTo } = measure ?? {};
    if (fingerprintTo !== undefined)
      command
        .output(fingerprintTo)
        .outputOptions([...fingerprintOptions])
        .format('chromaprint');
    command.run();
  });
}

/** It names a file by its path, which may lie anywhere. */
function ofList(command: FfmpegCommand): FfmpegCommand {
  return command.inputFormat('concat').inputOptions(['-safe', '0']);
}

const diskFull = /No space left|Disk quota/i;

/** Lines of ffmpeg that do not tell why it failed. */
const saysNothing = /^\s*(?:$|Conversion failed!|Last message repeated|video:\S+ audio:|size=)/;

/** "size= 512kB time=00:03:30.01 bitrate= ..." in milliseconds of sound; undefined for other lines. */
function progressMs(line: string): number | undefined {
  const time = /^(?:frame=.*)?size=.*\stime=(\d+:\d{2}:\d{2}(?:\.\d+)?)\s/.exec(line)?.[1];
  return time === undefined ? undefined : readLength(time);
}

function noSpace(cause: Error | undefined): HarmoniError {
  return new HarmoniError('disk-full', "There's no space left for the converted file.", { cause });
}

function asConvertError(cause: Error, lastWords: string): HarmoniError {
  if (cause instanceof HarmoniError) return cause;
  if (/^spawn /.test(cause.message) && !outOfResources.test(cause.message)) {
    return new HarmoniError('ffmpeg-missing', "ffmpeg can't be started.", { cause });
  }
  const said = lastWords === '' ? cause.message : lastWords;
  return new HarmoniError('convert-failed', `ffmpeg couldn't convert the audio (${said.slice(0, 160)}).`, {
    cause,
  });
}

/** What keeps any program from starting for now. */
const outOfResources = /E(?:AGAIN|NOMEM|MFILE|NFILE)\b/;
