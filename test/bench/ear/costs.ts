import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alignClip, msPerValue } from '../../../src/ear/align.ts';
import { clipFingerprints } from '../../../src/ear/clip.ts';
import { createSongSound } from '../../../src/ear/song-sound.ts';
import { findSpeed } from '../../../src/ear/speed.ts';
import { runProcess } from '../../../src/system/process.ts';
import { createRandom } from '../../helpers/random.ts';
import { placeOf } from './cache.ts';
import type { Printed } from './compare-all.ts';
import { clipPlaces, clipSound, type PrintParts } from './prints.ts';
import { quantile } from './fits.ts';
import type { Song } from './songs.ts';

/** What listening costs, each the median of its runs. */
export interface Costs {
  /** A clip of 30 s in a song of 4 minutes, and in one of 2 hours, in ms. */
  readonly songMs: number;
  readonly longMs: number;
  /** Fingerprints, in s of CPU: of a preview; of the beginning of a copied song of 210 s, and of the whole of it. */
  readonly clipCpu: number;
  readonly beginningCpu: number;
  readonly wholeCpu: number;
  /** The search for a speed: user and system time of HARMONI and of ffmpeg, in s; where it finds one and where it finds none. */
  readonly foundCpu: number;
  readonly noneCpu: number;
}

const runs = 5;
const signal = new AbortController().signal;

export async function measureCosts(all: readonly Printed[], parts: PrintParts): Promise<Costs> {
  const [one, other] = all;
  if (one === undefined || other === undefined) throw new Error('There are no songs.');
  const fast = one.made.get('25 % faster, as a record') ?? one.whole;
  const sound = await clipSound(one.song, clipPlaces(one.song)[0], parts);
  const song = { path: await usualSong(parts, one.song), lengthMs: 210_000, fingerprint: undefined };
  return {
    songMs: timeOf(4 * 60),
    longMs: timeOf(2 * 3600),
    clipCpu: await cpuOf(parts, (ffmpegPath) => clipFingerprints(sound, { ffmpegPath, signal })),
    beginningCpu: await cpuOf(parts, (ffmpeg) => createSongSound(song, ffmpeg, signal).beginning()),
    wholeCpu: await cpuOf(parts, (ffmpeg) => createSongSound(song, ffmpeg, signal).whole()),
    foundCpu: await cpuOf(parts, (ffmpegPath) => findSpeed(sound, fast, { ffmpegPath, signal })),
    noneCpu: await cpuOf(parts, (ffmpegPath) => findSpeed(sound, other.whole, { ffmpegPath, signal })),
  };
}

function timeOf(seconds: number): number {
  const random = createRandom(1);
  const printOf = (length: number): Uint32Array =>
    Uint32Array.from({ length }, () => random.next() * 2 ** 32);
  const song = printOf(Math.round((seconds * 1000) / msPerValue));
  const [clip, later] = [printOf(221), printOf(220)];
  const times = Array.from({ length: 4 * runs }, () => {
    const began = performance.now();
    alignClip([clip, later], song);
    return performance.now() - began;
  });
  return quantile(times, 0.5);
}

/** @param act with an ffmpeg that notes what it takes @returns user and system time of this program and of ffmpeg, in s */
async function cpuOf(
  { ffmpeg, folder }: PrintParts,
  act: (ffmpegPath: string) => Promise<unknown>,
): Promise<number> {
  const work = await mkdtemp(join(folder, 'work-'));
  try {
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
      await act(ffmpegPath);
      const { user, system } = process.cpuUsage(before);
      const children = (await readFile(notes, 'utf8')).split(/\s+/).map(Number);
      times.push((user + system) / 1e6 + children.reduce((sum, each) => sum + each, 0));
    }
    return quantile(times, 0.5);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A song of three and a half minutes as YouTube has it. */
async function usualSong({ ffmpeg, folder }: PrintParts, { path }: Song): Promise<string> {
  const target = placeOf(folder, ['usual song 1', path]);
  const args = ['-v', 'error', '-stream_loop', '-1', '-i', path, '-map', '0:a:0', '-t', '210'];
  const opus = ['-c:a', 'libopus', '-b:a', '130k', '-f', 'webm', '-y', target];
  const { exitCode, stderr } = await runProcess(ffmpeg, [...args, ...opus]);
  if (exitCode !== 0) throw new Error(stderr);
  return target;
}
