import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { ConversionPlan } from './conversion-plan.ts';
import { isPlainMp4 } from './mp4.ts';
import { writeOggOpus } from './ogg.ts';
import { readWebmOpus } from './webm-opus.ts';

/** Longer recordings are left to ffmpeg, which needs no memory for them. */
const mostBytes = 64 * 2 ** 20;

/**
 * Does without ffmpeg what only needs another container, or nothing at all: the start of ffmpeg alone costs more than
 * the rest of a track's way. Returns false when the file is not as plain as YouTube's are: then ffmpeg must do it.
 */
export async function remux(from: string, to: string, plan: ConversionPlan): Promise<boolean> {
  if (plan.codec !== 'copy' || (await stat(from)).size > mostBytes) return false;
  if (plan.extension === 'opus') {
    const stream = readWebmOpus(await readFile(from));
    if (stream === undefined) return false;
    await writeFile(to, writeOggOpus(stream));
    return true;
  }
  if (plan.extension === 'm4a' && isPlainMp4(await readFile(from))) {
    await rename(from, to);
    return true;
  }
  return false;
}
