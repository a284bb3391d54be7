import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Track } from '../../src/tracks/track.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import type { MatchTrack } from '../../src/matching/match.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';
import { ofVideo, video } from '../helpers/media.ts';

const tracks = makeTracks(4, { fromMs: 4_000 });
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['music-video'] } });
  bench = await createJobBench(world);
});
afterAll(async () => {
  await bench.close();
  await world.close();
});

/** The videos of a track as a search would have them that believes all of them to be as long as the track. */
function believed(track: Track, ...roles: readonly string[]): Candidate[] {
  const shelf = world.youTube.catalogue.shelves.find((one) => one.track.track === track.track);
  return roles.flatMap((role) =>
    (shelf?.results ?? [])
      .filter((one) => one.role === role)
      .map(({ videoId, title, artists }) => ({
        ...ofVideo(videoId),
        title,
        artists,
        kind: 'song' as const,
        ...(track.durationMs === undefined ? {} : { durationMs: track.durationMs }),
      })),
  );
}

function matchOf(candidates: readonly Candidate[]): MatchTrack {
  const [pick = null, ...others] = candidates;
  return () =>
    Promise.resolve({
      decision: 'sure',
      confidence: 0.99,
      pick,
      reasons: ['same length'],
      doubts: [],
      runnersUp: others.map((candidate) => ({
        candidate,
        confidence: 0.95,
        reasons: [],
        doubts: [],
        acceptable: true,
      })),
      requests: 1,
    });
}

const song = (index: number): Track => tracks[index] ?? makeTracks(1)[0] ?? never();
function never(): never {
  throw new Error('There is no such song.');
}
const inLibrary = (list: string): readonly string[] =>
  existsSync(join(world.music, list))
    ? readdirSync(join(world.music, list)).filter((name) => name.endsWith('.opus'))
    : [];

test('a file that is longer than the search believed is not kept, and the song waits for a decision', async () => {
  const matchTrack = matchOf(believed(song(0), 'music-video'));
  const { report } = await bench.run([listOf('Longer', [song(0)])], { matchTrack });
  expect(report.lists[0]?.tracks[0]).toMatchObject({
    status: 'unsure',
    failure: {
      code: 'wrong-length',
      message: expect.stringMatching(/it's 0:27 long, the song 0:04\.$/) as string,
    },
  });
  expect(inLibrary('Longer')).toEqual([]);
  expect(bench.store.failures.all()).toMatchObject([{ status: 'unsure', track: { track: song(0).track } }]);
});

test('the next candidate is taken where there is one', async () => {
  const candidates = believed(song(1), 'music-video', 'right');
  const { report } = await bench.run([listOf('Next', [song(1)])], { matchTrack: matchOf(candidates) });
  expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'done', videoId: candidates[1]?.media.id });
  expect(inLibrary('Next')).toHaveLength(1);
});

test('a video that the source names is taken at whatever length', async () => {
  const media = video(believed(song(2), 'music-video')[0]?.media.id ?? '');
  const { report } = await bench.run([listOf('Named', [{ ...song(2), media }])]);
  expect(report.summary).toMatchObject({ done: 1 });
});

test('a length that the user saw and accepted is not held against it', async () => {
  const candidates = believed(song(3), 'music-video').map((candidate) => ({
    ...candidate,
    durationMs: 27_900,
  }));
  const { report } = await bench.run([listOf('Accepted', [song(3)])], {
    matchTrack: matchOf(candidates),
    settings: { accept: 'unsure' },
  });
  expect(report.summary).toMatchObject({ done: 1 });
});
