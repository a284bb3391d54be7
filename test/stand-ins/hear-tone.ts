import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Enough samples a second for the highest tone, and little to decode. */
const sampleRate = 8_000;
const listenSeconds = 5;
/** A sine of the stand-in has an amplitude of about 0.1; below this a sample is silence or noise. */
const quiet = 0.01;

/**
 * Listens to an audio file of any format that ffmpeg reads.
 * @returns its pitch in whole Hz (mp3, AAC, opus and Vorbis keep it exactly), or null when it is silent.
 */
export async function hearTone(file: string, ffmpegPath: string): Promise<number | null> {
  const input = ['-nostdin', '-v', 'error', '-t', `${listenSeconds}`, '-i', file];
  const output = ['-map', '0:a:0', '-ac', '1', '-ar', `${sampleRate}`, '-f', 'f32le', '-'];
  const maxBuffer = 4 * sampleRate * (listenSeconds + 1);
  const { stdout } = await run(ffmpegPath, [...input, ...output], { encoding: 'buffer', maxBuffer });
  return pitchOf(
    new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength)),
  );
}

/**
 * The pitch of samples at 8 kHz, or null. Counts the rises through zero, each placed between its two samples, and takes
 * the mean distance.
 */
export function pitchOf(samples: Float32Array): number | null {
  let first: number | undefined;
  let last = 0;
  let rises = 0;
  let wasBelow = false;
  for (let at = 1; at < samples.length; at++) {
    const before = samples[at - 1] ?? 0;
    const now = samples[at] ?? 0;
    if (now < -quiet) wasBelow = true;
    if (!wasBelow || before >= 0 || now < 0) continue;
    wasBelow = false;
    last = at - now / (now - before);
    if (first === undefined) first = last;
    else rises++;
  }
  return first === undefined || rises === 0 ? null : Math.round((rises * sampleRate) / (last - first));
}
