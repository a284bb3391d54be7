import { rename, stat, writeFile } from 'node:fs/promises';
import type { ConversionPlan } from './conversion-plan.ts';
import { readFragmentedAac } from '../formats/fragmented-mp4.ts';
import { mostInMemory, withBuffer, withFile } from '../formats/in-memory.ts';
import { writeM4a } from '../formats/m4a.ts';
import { isPlainMp4 } from '../formats/mp4-boxes.ts';
import { planOggOpus } from '../formats/ogg.ts';
import { readWebmOpus, type OpusStream } from '../formats/webm-opus.ts';

/**
 * Does without ffmpeg what only needs another container, or nothing at all: the start of ffmpeg alone costs more than
 * the rest of a track's way. YouTube's Opus is in WebM, its AAC in fragmented MP4 ("dash"), which some players stumble
 * over. Returns false when the file is not as plain as YouTube's are, or too long for memory: then ffmpeg must do it.
 */
export async function remux(from: string, to: string, plan: ConversionPlan): Promise<boolean> {
  if (plan.codec !== 'copy' || (await stat(from)).size > mostInMemory) return false;
  if (plan.extension === 'opus') return withFile(from, (file) => writeOpus(to, readWebmOpus(file)));
  if (plan.extension !== 'm4a') return false;
  return withFile(from, async (file) => {
    if (isPlainMp4(file)) await rename(from, to);
    else {
      const track = readFragmentedAac(file);
      if (track === undefined) return false;
      await writeFile(to, writeM4a(track));
    }
    return true;
  });
}

async function writeOpus(to: string, stream: OpusStream | undefined): Promise<boolean> {
  if (stream === undefined) return false;
  const { size, write } = planOggOpus(stream);
  await withBuffer(size, async (ogg) => {
    write(ogg);
    await writeFile(to, ogg);
  });
  return true;
}
