import { readFile, rm } from 'node:fs/promises';
import { HarmoniError } from '../errors.ts';
import { hasChromaprint } from '../sound/chromaprint.ts';
import { createListener } from '../sound/listener.ts';
import { measureFile } from '../sound/measure-file.ts';
import { readFingerprint, type Measurement } from '../sound/measurement.ts';
import { runFfmpeg, type Conversion, type FfmpegOptions } from './ffmpeg.ts';

/**
 * Converts a file and measures what is written: on the way, where that is what came in, which costs a tenth of encoding MP3.
 * Filters and encoder options of the user may change it, so then the finished file is measured.
 * @returns undefined where it wasn't measured
 * @throws HarmoniError as runFfmpeg does
 */
export async function convertMeasured(
  conversion: Conversion,
  options: FfmpegOptions,
): Promise<Measurement | undefined> {
  const { ffmpegPath, signal, extraArgs } = options;
  const hasFingerprint = await hasChromaprint(ffmpegPath);
  if (extraArgs.length > 0) {
    await runFfmpeg(conversion, options);
    const measured = await measureFile(conversion.to, { ffmpegPath, hasFingerprint, signal });
    return 'found' in measured ? measured.found : undefined;
  }
  const listener = createListener();
  const fingerprintTo = hasFingerprint ? `${conversion.to}.fingerprint` : undefined;
  try {
    await runFfmpeg(conversion, {
      ...options,
      measure: { line: (text) => listener.line(text), fingerprintTo },
    });
    const bytes =
      fingerprintTo === undefined ? undefined : await readFile(fingerprintTo).catch(() => undefined);
    const fingerprint = bytes === undefined ? undefined : readFingerprint(bytes);
    // What was wrong with the stream that came is nothing that this file lacks: the check looks at that.
    return { ...listener.heard(), fingerprint, fault: undefined };
  } catch (error) {
    if (!(error instanceof HarmoniError) || error.code !== 'convert-failed') throw error;
    // A build without the filter must not cost the song.
    await runFfmpeg(conversion, options);
    return undefined;
  } finally {
    if (fingerprintTo !== undefined) await rm(fingerprintTo, { force: true });
  }
}
