import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hearTone } from '../../stand-ins/hear-tone.ts';
import { makeCatalogue, type TestCatalogue } from '../../stand-ins/catalogue.ts';
import { makeTracks } from '../../helpers/world.ts';
import type { Track } from '../../../src/tracks/track.ts';

export interface SongOptions {
  readonly count: number;
  readonly seconds: number;
  /** Of the places at which the right videos stand. */
  readonly seed: string;
}

/** The songs of a list: every second one has no ISRC. */
export function benchTracks({ count, seconds }: Omit<SongOptions, 'seed'>): Track[] {
  return makeTracks(count, { fromMs: seconds * 1000, stepMs: 0 }).map((track, index) => {
    const { isrc, ...others } = track;
    return index % 2 === 0 && isrc !== undefined ? track : others;
  });
}

/** YouTube for them: each right video at a random place among ten lookalikes. */
export function benchCatalogue(options: SongOptions): TestCatalogue {
  const tracks = makeTracks(options.count, { fromMs: options.seconds * 1000, stepMs: 0 });
  return makeCatalogue(tracks, { place: 'shuffled', seed: options.seed });
}

const audio = /\.(?:opus|ogg|m4a|mp3|flac|wav|webm)$/;

export interface Finished {
  /** Songs that are there, whichever they are. */
  readonly files: number;
  /** Those that sound as the right video does. */
  readonly right: number;
  /** From the start of the run until the first of them was as it is now. */
  readonly firstSongSeconds: number | undefined;
}

/**
 * Looks at the songs that a run has left in `folder`, and listens to each. A file's ctime is the last time that it was
 * written, renamed or linked: whatever came under its final name before it was whole counts from its last change on.
 * @param beganMs when the run began, in ms since 1970
 */
export async function lookAtSongs(
  folder: string,
  beganMs: number,
  { catalogue, ffmpeg }: { catalogue: TestCatalogue; ffmpeg: string },
): Promise<Finished> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => audio.test(path) && !path.split('/').some((part) => part.startsWith('.')),
  );
  const changes = files.map((path) => statSync(join(folder, path)).ctimeMs);
  let right = 0;
  for (const path of files) {
    const number = Number(/ No\. (\d+)\./.exec(path)?.[1]);
    const heard = await hearTone(join(folder, path), ffmpeg);
    const meant = catalogue.shelves[number - 1]?.right?.toneHz;
    if (heard !== null && meant !== undefined && Math.abs(heard - meant) < 10) right += 1;
  }
  return {
    files: files.length,
    right,
    firstSongSeconds: files.length === 0 ? undefined : (Math.min(...changes) - beganMs) / 1000,
  };
}
