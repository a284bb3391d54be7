import { rm } from 'node:fs/promises';
import { HarmoniError } from '../errors.ts';
import type { Measurement } from '../sound/measurement.ts';
import { isPlainFile } from './claim-download.ts';
import { planConversion, sourceCodecOf } from './conversion-plan.ts';
import { convertMeasured } from './convert-measured.ts';
import { runFfmpeg } from './ffmpeg.ts';
import type { JobParts } from './job-parts.ts';
import { remux } from './remux.ts';
import type { StageResult } from './stage.ts';
import { madeOf, type Work } from './work.ts';

/** Makes the wanted format of a stream. @throws HarmoniError as runFfmpeg does */
export async function convert(
  work: Work,
  parts: Pick<JobParts, 'settings' | 'signal' | 'silenceMs' | 'ffmpegPath' | 'ffmpegExtraArgs' | 'emit'>,
): Promise<StageResult> {
  const { settings, signal, silenceMs } = parts;
  const { path: from, codec, durationMs } = madeOf(work, 'downloaded');
  const extension = from.split('.').at(-1) ?? '';
  const to = `${from}.finished`;
  // Of a try that was given up.
  await rm(to, { force: true });
  const plan = planConversion(settings.format, sourceCodecOf(codec, extension), settings.quality);
  let measured: Measurement | undefined;
  if (!(await remux(from, to, plan))) {
    const isCopied = plan.codec === 'copy';
    const options = {
      ffmpegPath: await parts.ffmpegPath(),
      // What isn't encoded can't be filtered, and most of it never meets ffmpeg.
      extraArgs: isCopied ? [] : parts.ffmpegExtraArgs,
      signal,
      silenceMs,
      onProgress(doneMs: number) {
        const fraction = Math.min(1, doneMs / (durationMs ?? Number.POSITIVE_INFINITY));
        parts.emit({ type: 'track-progress', index: work.position, fraction });
      },
    };
    // To hear what is copied would be work that the songs behind it would wait for.
    if (isCopied || settings.loudness === 'off') await runFfmpeg({ from, to, plan }, options);
    else measured = await convertMeasured({ from, to, plan }, options);
    // Tags are written in place: into nothing that the user has elsewhere.
    if (!isPlainFile(to)) throw new HarmoniError('convert-failed', "ffmpeg didn't write a file.");
  }
  const converted = { path: to, plan };
  work.made = { ...work.made, converted, ...(measured === undefined ? {} : { measured }) };
  return 'next';
}
