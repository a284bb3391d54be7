import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { align, msPerValue } from '../../../src/ear/align.ts';
import { findSpeed } from '../../../src/ear/speed.ts';
import { createRandom } from '../../helpers/random.ts';
import type { Printed } from './compare-all.ts';
import { clipPlaces, clipSound, type PrintParts } from './prints.ts';
import { quantile } from './fits.ts';

/** What listening costs, each the median of its runs. */
export interface Costs {
  /** A clip of 30 s in a song of 4 minutes, and in one of 2 hours, in ms. */
  readonly songMs: number;
  readonly longMs: number;
  /** The search for a speed: user and system time of HARMONI and of ffmpeg, in s; where it finds one and where it finds none. */
  readonly foundCpu: number;
  readonly noneCpu: number;
}

const runs = 5;

export async function measureCosts(all: readonly Printed[], parts: PrintParts): Promise<Costs> {
  const [one, other] = all;
  if (one === undefined || other === undefined) throw new Error('There are no songs.');
  const fast = one.made.get('25 % faster, as a record') ?? one.whole;
  return {
    songMs: timeOf(4 * 60),
    longMs: timeOf(2 * 3600),
    foundCpu: await cpuOf(one, fast, parts),
    noneCpu: await cpuOf(one, other.whole, parts),
  };
}

function timeOf(seconds: number): number {
  const random = createRandom(1);
  const song = Uint32Array.from(
    { length: Math.round((seconds * 1000) / msPerValue) },
    () => random.next() * 2 ** 32,
  );
  const clip = song.slice(300, 300 + 221);
  const times = Array.from({ length: 4 * runs }, () => {
    const began = performance.now();
    align(clip, song);
    return performance.now() - began;
  });
  return quantile(times, 0.5);
}

async function cpuOf({ song }: Printed, print: Uint32Array, { ffmpeg, folder }: PrintParts): Promise<number> {
  const work = await mkdtemp(join(folder, 'work-'));
  try {
    const sound = await clipSound(song, clipPlaces(song)[0], { ffmpeg, folder });
    const ffmpegPath = join(work, 'ffmpeg');
    const notes = join(work, 'times');
    // Node knows what its children used only when all of them are gone.
    await writeFile(
      ffmpegPath,
      `#!/bin/bash\nTIMEFORMAT='%U %S'\n{ time "${ffmpeg}" "$@" ; } 2>> "${notes}"\n`,
    );
    await chmod(ffmpegPath, 0o755);
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await rm(notes, { force: true });
      const before = process.cpuUsage();
      await findSpeed(sound, print, { ffmpegPath, signal: new AbortController().signal });
      const { user, system } = process.cpuUsage(before);
      const children = (await readFile(notes, 'utf8')).split(/\s+/).map(Number);
      times.push((user + system) / 1e6 + children.reduce((sum, each) => sum + each, 0));
    }
    return quantile(times, 0.5);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
