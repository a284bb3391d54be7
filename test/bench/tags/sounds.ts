import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { planConversion, type ConversionPlan } from '../../../src/downloads/conversion-plan.ts';
import { remux } from '../../../src/downloads/remux.ts';
import { runProcess } from '../../../src/system/process.ts';
import { convertFile, sine } from '../../downloads/sounds.ts';

export type Extension = ConversionPlan['extension'];
export const extensions = [
  'mp3',
  'm4a',
  'opus',
  'flac',
  'ogg',
  'wav',
] as const satisfies readonly Extension[];

/** An untagged file as HARMONI's conversion makes it, and the checksum of its decoded sound. */
export interface Sound {
  readonly extension: Extension;
  readonly path: string;
  readonly durationMs: number;
  readonly pcm: string;
}

/** Short sounds of these lengths in each format. */
export async function makeSounds(
  ffmpegPath: string,
  folder: string,
  lengthsMs: readonly number[],
): Promise<readonly Sound[]> {
  mkdirSync(folder, { recursive: true });
  const sounds: Sound[] = [];
  for (const durationMs of lengthsMs) {
    for (const extension of extensions) {
      const source = extension === 'm4a' ? 'm4a' : 'webm';
      const from = await sine(source, durationMs / 1000);
      const path = join(folder, `${durationMs}.${extension}`);
      const plan = planConversion(extension, source === 'm4a' ? 'aac' : 'opus', 'low');
      if (!(await remux(from, path, plan))) await convertFile(from, path, plan);
      const [pcm = ''] = await decode(ffmpegPath, [path]);
      sounds.push({ extension, path, durationMs, pcm });
    }
  }
  return sounds;
}

/** The checksums of what the files sound like, '' for one that cannot be decoded. Several to one ffmpeg. */
export async function decode(ffmpegPath: string, paths: readonly string[]): Promise<readonly string[]> {
  const { stdout, exitCode } = await runProcess(ffmpegPath, [
    ...['-v', 'error', '-nostdin'],
    ...paths.flatMap((path) => ['-i', path]),
    ...paths.flatMap((_, at) => ['-map', `${at}:a:0`, '-f', 'md5', '-']),
  ]);
  const sums = [...stdout.matchAll(/MD5=([0-9a-f]+)/g)].map((found) => found[1] ?? '');
  if (exitCode === 0 && sums.length === paths.length) return sums;
  if (paths.length === 1) return [''];
  // One of them broke it for all; which one shows alone.
  const each: string[] = [];
  for (const path of paths) each.push(...(await decode(ffmpegPath, [path])));
  return each;
}
