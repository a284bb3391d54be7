import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { ConversionPlan } from './conversion-plan.ts';
import { readFragmentedAac } from './fragmented-mp4.ts';
import { mostInMemory } from './in-memory.ts';
import { writeM4a } from './m4a.ts';
import { isPlainMp4 } from './mp4-boxes.ts';
import { writeOggOpus } from './ogg.ts';
import { readWebmOpus } from './webm-opus.ts';

/**
 * Does without ffmpeg what only needs another container, or nothing at all: the start of ffmpeg alone costs more than
 * the rest of a track's way. YouTube's Opus is in WebM, its AAC in fragmented MP4 ("dash"), which some players stumble
 * over. Returns false when the file is not as plain as YouTube's are, or too long for memory: then ffmpeg must do it.
 */
export async function remux(from: string, to: string, plan: ConversionPlan): Promise<boolean> {
  if (plan.codec !== 'copy' || (await stat(from)).size > mostInMemory) return false;
  if (plan.extension === 'opus') {
    const stream = readWebmOpus(await readFile(from));
    if (stream === undefined) return false;
    await writeFile(to, writeOggOpus(stream));
    return true;
  }
  if (plan.extension !== 'm4a') return false;
  const file = await readFile(from);
  if (isPlainMp4(file)) {
    await rename(from, to);
    return true;
  }
  const track = readFragmentedAac(file);
  if (track === undefined) return false;
  await writeFile(to, writeM4a(track));
  return true;
}
