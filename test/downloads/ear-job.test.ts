import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ear, SongToHear } from '../../src/ear/ear.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import type { Match } from '../../src/matching/match.ts';
import type { Heard } from '../../src/tracks/heard.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createJobBench, listOf, type JobBench, type JobChange } from '../helpers/job.ts';
import { createWorld, makeTracks, realTools, type World } from '../helpers/world.ts';
import { ofVideo, video } from '../helpers/media.ts';
import { hearTone } from '../stand-ins/hear-tone.ts';

const tracks = makeTracks(24, { fromMs: 4_000, stepMs: 50 });
type Role = 'instrumental' | 'right' | 'album-mate' | 'remix';
let world: World;
let bench: JobBench;
let ffmpegPath = '';

beforeAll(async () => {
  ({ ffmpeg: ffmpegPath } = await realTools());
  world = await createWorld({ tracks, catalogue: { decoys: ['instrumental', 'album-mate', 'remix'] } });
  bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
});
afterAll(async () => {
  await bench.close();
  await world.close();
});

let taken = 0;
function nextSong(): Track {
  const track = tracks[taken];
  taken += 1;
  if (track === undefined) throw new Error('There are more tests than songs.');
  return track;
}

const videosOf = (track: Track) =>
  world.youTube.catalogue.shelves.find((one) => one.track.track === track.track)?.results ?? [];

/** The videos of a song as a search has them that can't tell them apart. */
function alike(track: Track, wanted: readonly Role[]): readonly Candidate[] {
  return wanted.flatMap((role) =>
    videosOf(track)
      .filter((one) => one.role === role)
      .map(({ videoId, durationMs }) => ({
        ...ofVideo(videoId),
        title: `${track.track}, ${role}`,
        artists: track.artists,
        kind: 'song' as const,
        album: track.album ?? 'An album',
        durationMs: role === 'remix' ? durationMs : (track.durationMs ?? 0),
      })),
  );
}

function matchOf(track: Track, wanted: readonly Role[], decision: 'sure' | 'unsure' = 'unsure'): Match {
  const [pick = null, ...others] = alike(track, wanted);
  return {
    decision,
    confidence: 0.84,
    pick,
    reasons: [],
    doubts: decision === 'sure' ? [] : ['another one fits almost as well'],
    runnersUp: others.map((candidate) => ({
      ...{ candidate, confidence: 0.8, reasons: [], doubts: [], acceptable: decision === 'sure' },
      isOtherVersion: candidate.title.endsWith('remix'),
    })),
    requests: 1,
  };
}

const proven: Heard = { verdict: 'proven', by: 'deezer', bitError: 0.041 };
const doubtful: Heard = { verdict: 'doubtful', by: 'deezer', bitError: 0.41 };
const different: Heard = { verdict: 'different', by: 'deezer', bitError: 0.41 };

interface Listened extends Ear {
  readonly heard: SongToHear[];
  readonly forgotten: string[];
  ended: number;
}

/** Knows the right recording of every song by its tone, as the real one knows its clip. */
function earFor(track: Track, wrong: Heard = doubtful, change: Partial<Ear> = {}): Listened {
  const right = videosOf(track).find(({ role }) => role === 'right')?.toneHz ?? 0;
  const ear: Listened = {
    heard: [],
    forgotten: [],
    ended: 0,
    knows: () => Promise.resolve(true),
    async hear(song) {
      ear.heard.push(song);
      const tone = (await hearTone(song.path, ffmpegPath)) ?? 0;
      return Math.abs(tone - right) < 5 ? proven : wrong;
    },
    forget: ({ track: title }) => ear.forgotten.push(title),
    end: () => (ear.ended += 1),
    ...change,
  };
  return ear;
}

interface Try {
  readonly track?: Track;
  readonly found: readonly Role[];
  readonly decision?: 'sure' | 'unsure';
  readonly ear?: Listened;
  readonly settings?: JobChange['settings'];
  readonly change?: JobChange;
}

async function download({ track = nextSong(), found, decision, settings, change, ...given }: Try) {
  const ear = given.ear ?? earFor(track);
  const visitsBefore = bench.store.visits.lastHour().length;
  const { report, events, stoppedBy } = await bench.run([listOf('Heard', [track])], {
    matchTrack: () => Promise.resolve(matchOf(track, found, decision)),
    createEar: () => Promise.resolve(ear),
    ...change,
    settings: { verifyByEar: 'uncertain', ...settings },
  });
  return {
    ...{ track, ear, events, stoppedBy, report },
    outcome: report.lists[0]?.tracks[0],
    videoOf: (role: Role) => videosOf(track).find((one) => one.role === role)?.videoId,
    waiting: bench.store.failures.of(track)[0],
    visits: bench.store.visits.lastHour().length - visitsBefore,
  };
}

const songs = (): readonly string[] => {
  const folder = join(world.music, 'Heard');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.opus')) : [];
};
const has = ({ track }: Track): boolean => songs().some((name) => name.includes(track));

describe('a match that is not sure', () => {
  test('is taken where it is proven, and the file and the outcome say so', async () => {
    const { outcome, ear, videoOf, visits, events, track } = await download({
      found: ['right', 'album-mate'],
    });
    expect(outcome).toMatchObject({ status: 'done', videoId: videoOf('right'), heard: proven });
    expect(visits).toBe(1);
    expect(ear.heard).toHaveLength(1);
    expect(ear.heard[0]).toMatchObject({ others: [{ title: `${track.track}, album-mate` }] });
    expect(Math.abs((ear.heard[0]?.lengthMs ?? 0) - (track.durationMs ?? 0))).toBeLessThan(200);
    expect(ear.forgotten).toEqual([track.track]);
    expect(ear.ended).toBe(1);
    expect(events).toContainEqual(expect.objectContaining({ type: 'track-stage', stage: 'hear' }));
    const path = outcome?.path ?? '';
    const { native } = await parseFile(path);
    expect(Object.values(native).flat()).toContainEqual(
      expect.objectContaining({
        id: 'HARMONI_PROOF',
        value: expect.stringMatching(/^proven by deezer at 0\.041 of 4\.\d s$/) as string,
      }),
    );
    expect(bench.store.files.factsOf(path)?.heard).toEqual(proven);
  });

  test('gives way to the next upload where that is proven', async () => {
    const { outcome, videoOf, visits, waiting } = await download({ found: ['instrumental', 'right'] });
    expect(outcome).toMatchObject({ status: 'done', videoId: videoOf('right'), heard: proven });
    expect(visits).toBe(2);
    expect(waiting).toBeUndefined();
  });

  test('stays uncertain where nothing is proven, and says what was heard', async () => {
    const { outcome, track, ear, videoOf, waiting, visits } = await download({
      found: ['instrumental', 'album-mate', 'remix'],
    });
    expect(outcome).toMatchObject({
      status: 'unsure',
      videoId: videoOf('instrumental'),
      confidence: 0.84,
      heard: doubtful,
      failure: {
        code: 'not-proven',
        stage: 'hear',
        message: `Uncertain match "${track.track}, instrumental" (84 %): another one fits almost as well. Not proven by ear: it doesn't sound like Deezer's preview (error 0.41).`,
      },
    });
    expect(has(track)).toBe(false);
    // Not the remix: it says itself that it is one.
    expect(ear.heard).toHaveLength(2);
    expect(visits).toBe(2);
    expect(waiting?.uploads).toMatchObject([
      { media: { id: videoOf('instrumental') }, heard: doubtful },
      { media: { id: videoOf('album-mate') }, heard: doubtful },
    ]);
  });

  test('is not fetched again with the next download, but with a retry', async () => {
    const { track } = await download({ found: ['instrumental', 'album-mate'] });
    const again = await download({ track, found: ['instrumental', 'album-mate'] });
    expect(again.outcome).toMatchObject({
      status: 'unsure',
      heard: doubtful,
      failure: { code: 'not-proven' },
    });
    expect(again.visits).toBe(0);
    expect(again.waiting?.uploads).toHaveLength(2);
    const retried = await download({
      track,
      found: ['instrumental', 'album-mate'],
      ear: earFor(track, proven),
      settings: { kind: 'retry' },
    });
    expect(retried.outcome).toMatchObject({ status: 'done', videoId: retried.videoOf('instrumental') });
  });

  test('is not downloaded where there is nothing to compare it with, and says so', async () => {
    const track = nextSong();
    const ear = earFor(track, doubtful, { knows: () => Promise.resolve(false) });
    const { outcome, visits } = await download({ track, ear, found: ['right', 'album-mate'] });
    expect(outcome).toMatchObject({
      ...{ status: 'unsure', heard: { verdict: 'unchecked' } },
      failure: { code: 'match-unsure', stage: 'hear' },
    });
    expect(outcome?.failure?.message).toMatch(/\. There was nothing to compare it with\.$/);
    expect(visits).toBe(0);
  });

  test('is tried once where the reference cannot be had after all', async () => {
    const track = nextSong();
    const unchecked: Heard = { verdict: 'unchecked', why: 'it took too long' };
    const { outcome, visits } = await download({
      ...{ track, ear: earFor(track, unchecked), found: ['instrumental', 'album-mate'] },
    });
    expect(outcome).toMatchObject({ status: 'unsure', heard: unchecked });
    expect(visits).toBe(1);
  });

  test('is fetched no more where each of its uploads was heard, though nobody could tell', async () => {
    const track = nextSong();
    const ear = earFor(track, { verdict: 'unchecked', why: 'Deezer has no preview of it' });
    const wish = { track, ear, found: ['instrumental', 'album-mate'] } as const;
    let visits = 0;
    for (let run = 0; run < 5; run += 1) visits += (await download(wish)).visits;
    expect(visits).toBe(2);
    expect(ear.heard).toHaveLength(2);
  });

  test('is taken by who accepts it: the proven one, and else the pick', async () => {
    const settings = { accept: 'unsure' } as const;
    const first = await download({ found: ['instrumental', 'right'], settings });
    expect(first.outcome).toMatchObject({ status: 'done', videoId: first.videoOf('right'), heard: proven });
    const second = await download({ found: ['instrumental', 'album-mate'], settings });
    expect(second.outcome).toMatchObject({
      status: 'done',
      videoId: second.videoOf('instrumental'),
      heard: doubtful,
    });
    expect(second.visits).toBe(2);
    const { native } = await parseFile(second.outcome?.path ?? '');
    expect(Object.values(native).flat()).toContainEqual(
      expect.objectContaining({
        id: 'HARMONI_PROOF',
        value: expect.stringMatching(/^doubtful by deezer at 0\.410 of 4\.\d s$/) as string,
      }),
    );
    expect(existsSync(join(world.music, '.harmoni'))).toBe(false);
  });

  test('waits as ever where nobody listens', async () => {
    const { outcome, ear, visits } = await download({ found: ['right'], settings: { verifyByEar: 'never' } });
    expect(outcome).toMatchObject({ status: 'unsure', failure: { code: 'match-unsure' } });
    expect(visits + ear.heard.length + ear.ended).toBe(0);
  });
});

describe('a match that is sure', () => {
  test('is heard where all are, and is taken though nothing proves it', async () => {
    const { outcome, videoOf } = await download({
      ...{ found: ['album-mate', 'right'], decision: 'sure', settings: { verifyByEar: 'always' } },
    });
    expect(outcome).toMatchObject({ status: 'done', videoId: videoOf('album-mate'), heard: doubtful });
  });

  test('is not heard where it has all that makes it certain', async () => {
    const { outcome, ear } = await download({ found: ['album-mate'], decision: 'sure' });
    expect(outcome).toMatchObject({ status: 'done' });
    expect(outcome?.heard).toBeUndefined();
    expect(ear.heard).toEqual([]);
  });

  test('gives way where it is another recording, and the next has to be proven', async () => {
    const track = nextSong();
    const always = { decision: 'sure', settings: { verifyByEar: 'always' } } as const;
    const ear = earFor(track, different);
    const next = await download({ track, ear, found: ['album-mate', 'right'], ...always });
    expect(next.outcome).toMatchObject({ status: 'done', videoId: next.videoOf('right'), heard: proven });
    const other = nextSong();
    const found = ['album-mate', 'instrumental'] as const;
    const none = await download({ track: other, ear: earFor(other, different), found, ...always });
    expect(none.outcome).toMatchObject({
      status: 'unsure',
      videoId: none.videoOf('album-mate'),
      heard: different,
      failure: {
        message: expect.stringMatching(/\(84 %\)\. Not proven by ear: it doesn't sound like/) as string,
      },
    });
    expect(none.visits).toBe(2);
    const again = await download({ track: other, ear: earFor(other, different), found, ...always });
    expect(again).toMatchObject({ visits: 0, outcome: { status: 'unsure', heard: different } });
  });
});

test('a stop ends the listening, and the resumed job listens again', async () => {
  const track = nextSong();
  const key = new AbortController();
  const never = earFor(track, doubtful, {
    hear: () => {
      key.abort();
      return new Promise<Heard>(() => undefined);
    },
  });
  const { stoppedBy, outcome } = await download({
    ...{ track, ear: never, found: ['instrumental', 'right'], change: { signal: key.signal } },
  });
  expect(stoppedBy?.code).toBe('cancelled');
  expect(outcome).toMatchObject({ status: 'cancelled' });
  expect(never.ended).toBe(1);
  const [open] = bench.store.jobs.interrupted();
  const ear = earFor(track);
  const { report } = await bench.resume(open?.id ?? 0, { createEar: () => Promise.resolve(ear) });
  expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'done', heard: proven });
  expect(ear.heard).toHaveLength(2);
});

/** Stops a download while an upload is heard, and gives the job that is left. */
async function stopAt(many: number, wish: Try & { readonly track: Track }) {
  const key = new AbortController();
  const usual = wish.ear ?? earFor(wish.track);
  const ear = earFor(wish.track, doubtful, {
    async hear(song, signal) {
      const heard = await usual.hear(song, signal);
      if (usual.heard.length === many) key.abort();
      return heard;
    },
  });
  const stopped = await download({ ...wish, ear, change: { signal: key.signal } });
  expect(stopped.outcome).toMatchObject({ status: 'cancelled' });
  const [open] = bench.store.jobs.interrupted();
  return { ...stopped, job: open?.id ?? 0 };
}

test('what the user chose after a stop in a trial is taken by the resumed job, whatever it sounds like', async () => {
  const track = nextSong();
  const { job, videoOf } = await stopAt(1, { track, found: ['instrumental', 'right'] });
  bench.store.overrides.set(track, video(videoOf('instrumental') ?? ''));
  const ear = earFor(track);
  const { report } = await bench.resume(job, { createEar: () => Promise.resolve(ear) });
  expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'done', videoId: videoOf('instrumental') });
});

test('a resumed trial fetches no upload again that was heard before the stop', async () => {
  const track = nextSong();
  const wish = {
    track,
    found: ['instrumental', 'album-mate', 'right'],
    settings: { accept: 'unsure' },
  } as const;
  const { job, videoOf } = await stopAt(3, wish);
  const visitsBefore = bench.store.visits.lastHour().length;
  const ear = earFor(track);
  const { report } = await bench.resume(job, { createEar: () => Promise.resolve(ear) });
  expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'done', videoId: videoOf('right') });
  expect(bench.store.visits.lastHour().length - visitsBefore).toBe(1);
});

test('a stop while the next upload is fetched costs nothing that was heard', async () => {
  const track = nextSong();
  const key = new AbortController();
  const found = ['instrumental', 'album-mate', 'right'] as const;
  const ear = earFor(track);
  const stopped = await download({
    ...{ track, ear, found },
    change: {
      signal: key.signal,
      onEvent(event) {
        if (event.type === 'track-stage' && event.stage === 'download' && ear.heard.length === 2) key.abort();
      },
    },
  });
  expect(stopped.outcome).toMatchObject({ status: 'cancelled' });
  expect(stopped.waiting?.uploads).toHaveLength(2);
  const [open] = bench.store.jobs.interrupted();
  const { report } = await bench.resume(open?.id ?? 0, { createEar: () => Promise.resolve(ear) });
  expect(report.lists[0]?.tracks[0]).toMatchObject({ status: 'done', videoId: stopped.videoOf('right') });
  expect(ear.heard).toHaveLength(3);
  expect(bench.store.failures.of(track)).toEqual([]);
});

test('a stop in a trial that the user accepts keeps the upload that would be taken', async () => {
  const track = nextSong();
  const key = new AbortController();
  const ear = earFor(track, doubtful);
  const stopping = earFor(track, doubtful, {
    async hear(song, signal) {
      const heard = await ear.hear(song, signal);
      if (ear.heard.length === 2) key.abort();
      return heard;
    },
  });
  const settings = { accept: 'unsure' } as const;
  const found = ['instrumental', 'album-mate'] as const;
  const stopped = await download({ track, ear: stopping, found, settings, change: { signal: key.signal } });
  expect(stopped.outcome).toMatchObject({ status: 'cancelled' });
  const [open] = bench.store.jobs.interrupted();
  const again = earFor(track);
  const { report } = await bench.resume(open?.id ?? 0, { createEar: () => Promise.resolve(again) });
  const taken = { status: 'done', videoId: stopped.videoOf('instrumental'), heard: doubtful };
  expect(report.lists[0]?.tracks[0]).toMatchObject(taken);
  expect(existsSync(join(world.music, '.harmoni'))).toBe(false);
});

test('a fingerprint that the conversion has made is not made again, and no loudness is written that is not wanted', async () => {
  const { outcome, ear } = await download({
    found: ['right'],
    settings: { format: 'mp3', loudness: 'off' },
  });
  expect(outcome).toMatchObject({ status: 'done', heard: proven });
  const facts = bench.store.files.factsOf(outcome?.path ?? '');
  expect(facts?.trackGainDb).toBeUndefined();
  const file = bench.store.files.get(outcome?.path ?? '');
  const measured = file === undefined ? undefined : bench.store.sounds.ofFile(file);
  expect(measured?.fingerprint).toEqual(ear.heard[0]?.fingerprint);
});

test('where all songs are measured, what is heard of a copied one is kept', async () => {
  const { outcome, ear } = await download({ found: ['right'], settings: { loudness: 'all' } });
  expect(outcome).toMatchObject({ status: 'done', format: 'opus' });
  const file = bench.store.files.get(outcome?.path ?? '');
  const measured = file === undefined ? undefined : bench.store.sounds.ofFile(file);
  expect(measured?.loudness).toBeDefined();
  expect(measured?.fingerprint).toEqual(ear.heard[0]?.fingerprint);
});
