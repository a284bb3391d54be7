import { rename, stat, writeFile } from 'node:fs/promises';
import { cutAac } from '../formats/cut-aac.ts';
import { cutOpus } from '../formats/cut-opus.ts';
import type { Cut } from '../tracks/cut.ts';
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
 * over. Parts that are to be left out are left out on the way. Returns false when the file is not as plain as YouTube's are, or too long for memory: then ffmpeg must do it.
 */
export async function remux(
  from: string,
  to: string,
  plan: ConversionPlan,
  cuts: readonly Cut[] = [],
): Promise<boolean> {
  if (plan.codec !== 'copy' || (await stat(from)).size > mostInMemory) return false;
  if (plan.extension === 'opus')
    return withFile(from, (file) => writeOpus(to, withoutCuts(readWebmOpus(file), cuts, cutOpus)));
  if (plan.extension !== 'm4a') return false;
  return withFile(from, async (file) => {
    if (isPlainMp4(file)) {
      if (cuts.length > 0) return false;
      await rename(from, to);
    } else {
      const track = withoutCuts(readFragmentedAac(file), cuts, cutAac);
      if (track === undefined) return false;
      await writeFile(to, writeM4a(track));
    }
    return true;
  });
}

function withoutCuts<T>(
  sound: T | undefined,
  cuts: readonly Cut[],
  cut: (sound: T, cuts: readonly Cut[]) => T | undefined,
): T | undefined {
  return sound === undefined || cuts.length === 0 ? sound : cut(sound, cuts);
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
