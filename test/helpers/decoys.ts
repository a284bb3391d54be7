import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hearTone } from '../stand-ins/hear-tone.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createWorld, exportifyCsv, makeTracks, realTools } from './world.ts';

export interface DecoyResult {
  readonly tracks: number;
  /** Downloaded and heard: the recording itself, or the second upload of it. */
  readonly right: number;
  readonly rightByDouble: number;
  /** Not on YouTube, and not downloaded. */
  readonly missing: { readonly unsure: number; readonly none: number };
  /** On YouTube, and not downloaded. */
  readonly unanswered: readonly string[];
  /** Another sound than the right one's, or a file where there should be none. */
  readonly wrong: readonly string[];
  readonly requests: { readonly music: number; readonly plain: number; readonly player: number };
  /** From the start of the program to its end. */
  readonly seconds: number;
}

/** Every tenth song is not on YouTube, every seventh is there twice, every fifth has a clean cut beside it. */
export function decoyTracks(count: number): readonly Track[] {
  return makeTracks(count, { fromMs: 4_000, stepMs: 200 }).map((track, index) => ({
    ...track,
    explicit: index % 5 === 0,
  }));
}
const isMissing = (_track: Track, index: number): boolean => index % 10 === 3;
const isDoubled = (_track: Track, index: number): boolean => index % 7 === 2;

function withoutIsrc(track: Track): Track {
  const { isrc, ...rest } = track;
  return isrc === undefined ? track : rest;
}

const document = z.object({
  lists: z.array(
    z.object({
      tracks: z.array(
        z.object({
          track: z.string(),
          status: z.string(),
          path: z.string().optional(),
          videoId: z.string().optional(),
          failure: z.object({ message: z.string() }).optional(),
        }),
      ),
    }),
  ),
});

/**
 * Downloads songs with the real program and the real yt-dlp from a YouTube on which each stands at a random place among
 * lookalikes, and listens to every file.
 * @param isrc whether the tracks know their ISRC, which makes it easy
 */
export async function runDecoys(options: {
  count: number;
  seed: string;
  isrc: boolean;
}): Promise<DecoyResult> {
  const { ffmpeg } = await realTools();
  const tracks = decoyTracks(options.count);
  const world = await createWorld({
    tracks,
    catalogue: {
      place: 'shuffled',
      seed: options.seed,
      missing: isMissing,
      doubled: isDoubled,
      codecs: ['opus'],
    },
  });
  try {
    await world.youTube.prepareAudio();
    const list = join(world.folder, 'Decoys.csv');
    writeFileSync(list, exportifyCsv(options.isrc ? tracks : tracks.map(withoutIsrc)));
    const started = performance.now();
    const run = await world.run(['download', list, '--yes', '--json']);
    const seconds = (performance.now() - started) / 1000;
    const outcomes = document.parse(run.json()).lists[0]?.tracks ?? [];
    if (outcomes.length !== tracks.length)
      throw new Error(`${outcomes.length} of ${tracks.length} songs are in the report: ${run.stderr}`);

    const missing = { unsure: 0, none: 0 };
    const unanswered: string[] = [];
    const wrong: string[] = [];
    let right = 0;
    let rightByDouble = 0;
    for (const [index, outcome] of outcomes.entries()) {
      const shelf = world.youTube.catalogue.shelves[index];
      const { track, status, path, videoId, failure } = outcome;
      if (path !== undefined) {
        const video = shelf?.results.find((one) => one.videoId === videoId);
        const heard = await hearTone(path, ffmpeg);
        const isRight = video?.role === 'right' || video?.role === 'double';
        if (isRight && heard !== null && Math.abs(heard - video.toneHz) < 10) {
          right += 1;
          if (video.role === 'double') rightByDouble += 1;
        } else wrong.push(`${track}: ${video?.role ?? 'a stranger'}, ${heard} Hz`);
      } else if (shelf?.right === undefined && (status === 'unsure' || status === 'none')) {
        missing[status] += 1;
      } else unanswered.push(`${track}: ${status}: ${failure?.message ?? ''}`);
    }
    const count = (kind: string): number =>
      world.youTube.requests.all.filter((request) => request.kind === kind).length;
    return {
      tracks: tracks.length,
      right,
      rightByDouble,
      missing,
      unanswered,
      wrong,
      requests: { music: count('music'), plain: count('search'), player: count('player') },
      seconds: Math.round(seconds * 10) / 10,
    };
  } finally {
    await world.close();
  }
}
