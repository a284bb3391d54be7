import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SongToHear } from '../../src/ear/ear.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import { packFingerprint } from '../../src/sound/pack-fingerprint.ts';
import { mustLookAt } from '../../src/system/file-facts.ts';
import type { Heard } from '../../src/tracks/heard.ts';
import { ofVideo } from '../helpers/media.ts';
import { musicRate, playMusic } from '../helpers/music.ts';
import { encodeSound } from '../helpers/sounds.ts';
import type { DeezerTrack } from '../stand-ins/deezer.ts';
import {
  createEarBench,
  isrc,
  lengthMs,
  makeSounds,
  program,
  signal,
  track,
  withKey,
  type EarBench,
  type Sounds,
} from './set-up.ts';

let sounds: Sounds;
let bench: EarBench;

beforeAll(async () => {
  sounds = await makeSounds();
});
beforeEach(async () => {
  bench = await createEarBench(sounds);
});
afterEach(() => bench.close());
afterAll(() => sounds.close());

const copy = (change: Partial<DeezerTrack> = {}): DeezerTrack => {
  const names = { title: 'Song', artist: 'Band', duration: lengthMs / 1000 };
  return { id: 1, isrc, ...names, preview: sounds.preview, ...change };
};
const hear = (song: SongToHear = sounds.song): Promise<Heard> => bench.ear.hear(song, signal);
const seconds = (many: number): Buffer => Buffer.alloc(many * musicRate * 2);

describe('a song is proven', () => {
  test('by a preview that is part of it', async () => {
    bench.deezer.tracks.push(copy());
    expect(await bench.ear.knows(track, signal)).toBe(true);
    const heard = await hear();
    expect(heard).toMatchObject({ verdict: 'proven', by: 'deezer' });
    expect(heard.bitError).toBeLessThan(0.1);
    expect(Math.abs((heard.atMs ?? 0) - 40_000)).toBeLessThan(500);
    expect(bench.deezer.fetched).toHaveLength(1);
  });

  test('with a preview that is fetched once for all of its uploads, until the track is through', async () => {
    bench.deezer.tracks.push(copy());
    expect(await hear(sounds.other)).toMatchObject({ verdict: 'doubtful', by: 'deezer' });
    expect(await hear()).toMatchObject({ verdict: 'proven' });
    expect(bench.deezer.fetched).toHaveLength(1);
    bench.ear.forget(track);
    await hear();
    expect(bench.deezer.fetched).toHaveLength(2);
  });

  test('whose fingerprint is of its beginning alone, or is not made yet', async () => {
    bench.deezer.tracks.push(copy());
    const { song } = sounds;
    const beginning = song.fingerprint?.subarray(0, 300);
    expect(await hear({ ...song, fingerprint: beginning })).toMatchObject({ verdict: 'proven' });
    expect(await hear({ ...song, fingerprint: undefined })).toMatchObject({ verdict: 'proven' });
  });

  test('by a file of the library, and then nobody is asked', async () => {
    bench.deezer.tracks.push(copy());
    await keepProven('proven.opus');
    expect(await bench.ear.knows(track, signal)).toBe(true);
    expect(await hear()).toMatchObject({ verdict: 'proven', by: 'library' });
    expect(bench.deezer.requests).toEqual([]);
  });

  test("by AcoustID with the user's own key, where Deezer has nothing", async () => {
    const { fingerprint = new Uint32Array() } = sounds.song;
    const recordings = [{ id: 'a', title: 'Song', isrcs: [isrc] }];
    bench.acoustId.known.set(packFingerprint(fingerprint.subarray(0, 948)), [
      { id: 'x', score: 0.98, recordings },
    ]);
    const ear = bench.open({ config: withKey as never });
    expect(await ear.knows(track, signal)).toBe(true);
    expect(await ear.hear(sounds.song, signal)).toEqual({ verdict: 'proven', by: 'acoustid' });
  });

  test("by the label's own upload, where nothing else has proven it", async () => {
    const ear = bench.open({ ytDlp: labels(sounds.song.path) });
    const song = { ...sounds.song, others: [label({ title: 'Another' }), label()] };
    expect(await ear.hear(song, signal)).toMatchObject({ verdict: 'proven', by: 'label' });
    expect(bench.store.visits.lastHour()).toHaveLength(1);
    // The same for the next upload of the track.
    expect(await ear.hear({ ...song, ...sounds.other, others: song.others }, signal)).toMatchObject({
      verdict: 'doubtful',
      by: 'label',
    });
    expect(bench.store.visits.lastHour()).toHaveLength(1);
    // It isn't compared with itself.
    expect(await ear.hear({ ...song, others: [] }, signal)).toMatchObject({ verdict: 'unchecked' });
  });
});

describe('a song is not proven', () => {
  test('that is another one, and one witness alone says no more than that', async () => {
    bench.deezer.tracks.push(copy());
    expect(await hear(sounds.other)).toMatchObject({ verdict: 'doubtful', by: 'deezer' });
  });

  test('that two witnesses say is another one', async () => {
    bench.deezer.tracks.push(copy());
    const { fingerprint = new Uint32Array() } = sounds.other;
    const recordings = [{ id: 'b', title: 'Another', artists: [{ name: 'Others' }] }];
    bench.acoustId.known.set(packFingerprint(fingerprint.subarray(0, 948)), [
      { id: 'x', score: 0.98, recordings },
    ]);
    const ear = bench.open({ config: withKey as never });
    expect(await ear.hear(sounds.other, signal)).toMatchObject({ verdict: 'different', by: 'deezer' });
  });

  test('that holds the preview and is longer', async () => {
    bench.deezer.tracks.push(copy());
    const longer = await sounds.write(
      'longer.opus',
      Buffer.concat([playMusic(5, { seconds: 25 }), sounds.pcm]),
    );
    expect(await hear(longer)).toMatchObject({
      verdict: 'doubtful',
      by: 'deezer',
      why: "it's 25 seconds longer",
    });
  });

  test('of which only half an hour is heard, because it lasts for two', async () => {
    bench.deezer.tracks.push(copy());
    const path = join(sounds.folder, 'hours.flac');
    const hours = Buffer.concat([sounds.pcm, seconds(1_900)]);
    writeFileSync(path, await encodeSound(sounds.ffmpegPath, hours, { format: 'flac' }));
    const heard = await hear({ track, path, lengthMs: 7_200_000, fingerprint: undefined });
    expect(heard).toMatchObject({ verdict: 'doubtful', by: 'deezer', why: "it's 7120 seconds longer" });
  });
});

describe('a song is not checked', () => {
  const nothing = (why: string): Heard => ({ verdict: 'unchecked', why });

  test('without an ISRC, and where Deezer has nothing of it', async () => {
    expect(
      await hear({ ...sounds.song, track: { artists: ['Band'], artist: 'Band', track: 'Song' } }),
    ).toEqual(nothing('its source names no ISRC'));
    expect(await hear()).toEqual(nothing('Deezer has no preview of it'));
    expect(await bench.ear.knows(track, signal)).toBe(false);
  });

  test('because its ISRC is also that of another song, which was found', async () => {
    bench.deezer.tracks.push(copy());
    expect(await hear()).toMatchObject({ verdict: 'proven' });
    const other = { ...sounds.other, track: { ...track, track: 'Second Movement' } };
    expect(await hear(other)).toEqual(nothing('Deezer has no preview of it'));
    bench.ear.forget(track);
    expect(await hear()).toMatchObject({ verdict: 'proven' });
  });

  test.each<[string, Partial<DeezerTrack>]>([
    ['is empty', { preview: undefined }],
    ['is of another ISRC', { isrc: 'USXXX1234567' }],
    ['is of another copy that is shorter', { duration: 60 }],
    ['is of another song with that ISRC', { title: 'Another' }],
  ])('where the preview %s', async (_name, change) => {
    bench.deezer.tracks.push(copy(change));
    expect(await bench.ear.knows(track, signal)).toBe(false);
    expect(await hear()).toEqual(nothing('Deezer has no preview of it'));
  });

  test('where Deezer has too much to do', async () => {
    bench.deezer.tracks.push(copy());
    bench.deezer.always = { code: 4 };
    expect(await hear()).toEqual(nothing("Deezer didn't answer"));
    expect(await bench.ear.knows(track, signal)).toBe(false);
  });

  test('where Deezer is not to be reached', async () => {
    await bench.deezer.close();
    expect(await hear()).toEqual(nothing("Deezer didn't answer"));
    expect(await bench.ear.knows(track, signal)).toBe(false);
  });

  test.each(['expired', 'html', 'large', 'redirect', 'reset'] as const)(
    'where the preview ends up %s',
    async (fault) => {
      bench.deezer.tracks.push(copy());
      bench.deezer.previewFaults.push(fault, fault, fault, fault);
      expect(await hear()).toEqual(nothing("Deezer didn't answer"));
      // Or else the upload would be fetched again with each download, and in vain.
      expect(await bench.ear.knows(track, signal)).toBe(false);
    },
  );

  test.each(['api', 'preview'] as const)('where Deezer hangs (%s): there is a limit', async (what) => {
    bench.deezer.tracks.push(copy());
    if (what === 'api') bench.deezer.always = 'hang';
    else bench.deezer.previewFaults.push('hang');
    const ear = bench.open({ limitMs: 1_500 });
    expect(await ear.hear(sounds.song, signal)).toEqual(nothing('it took too long'));
    if (what === 'api') expect(await ear.knows(track, signal)).toBe(false);
  });

  test('where the preview is silence, whatever the song is', async () => {
    const silence = await encodeSound(sounds.ffmpegPath, seconds(30), { format: 'mp3' });
    bench.deezer.tracks.push(copy({ preview: silence }));
    expect(await hear()).toMatchObject({ verdict: 'unchecked' });
    const silent = await sounds.write('silent.opus', seconds(lengthMs / 1000));
    expect(await hear(silent)).toMatchObject({ verdict: 'unchecked' });
  });

  test('that is no file of sound', async () => {
    bench.deezer.tracks.push(copy());
    const path = join(sounds.folder, 'page.opus');
    writeFileSync(path, '<!DOCTYPE html>');
    expect(await hear({ ...sounds.song, path, fingerprint: undefined })).toEqual(
      nothing("ffmpeg couldn't make its fingerprint"),
    );
  });

  test('by an ffmpeg without the muxer, or none, and nobody is asked', async () => {
    bench.deezer.tracks.push(copy());
    const real = sounds.ffmpegPath;
    const without = program(`case "$*" in *-muxers*) echo " E flac  raw FLAC";; *) exec ${real} "$@";; esac`);
    const ear = bench.open({ ffmpegPath: () => Promise.resolve(without) });
    expect(await ear.knows(track, signal)).toBe(false);
    expect(await ear.hear(sounds.song, signal)).toEqual(nothing("this ffmpeg can't make fingerprints"));
    const none = bench.open({ ffmpegPath: () => Promise.reject(new Error('ffmpeg is gone')) });
    expect(await none.knows(track, signal)).toBe(false);
    expect(await none.hear(sounds.song, signal)).toMatchObject({ verdict: 'unchecked' });
    expect(bench.deezer.requests).toEqual([]);
  });

  test("by the label's upload, where the hour has no visits left or it can't be streamed", async () => {
    const song = { ...sounds.song, others: [label()] };
    bench.store.visits.happened(bench.store.visits.plan());
    const full = bench.open({ ytDlp: labels(song.path), config: { downloads_per_hour: 1 } as never });
    expect(await full.hear(song, signal)).toMatchObject({ verdict: 'unchecked' });
    expect(bench.store.visits.lastHour()).toHaveLength(1);
    const gone = bench.open({ ytDlp: labels('/nowhere') });
    expect(await gone.hear(song, signal)).toMatchObject({ verdict: 'unchecked' });
    expect(bench.log.join()).toContain("A label's own upload couldn't be heard.");
    const visits = bench.store.visits.lastHour().length;
    await gone.hear({ ...song, ...sounds.other, others: song.others }, signal);
    expect(bench.store.visits.lastHour()).toHaveLength(visits);
  });

  test('when all is over', async () => {
    bench.deezer.tracks.push(copy());
    bench.deezer.always = 'hang';
    const hearing = hear();
    await expect.poll(() => bench.deezer.requests.length).toBe(1);
    bench.ear.end();
    expect(await hearing).toMatchObject({ verdict: 'unchecked' });
  });
});

test('whoever cancels is told so, while Deezer is waited for', async () => {
  bench.deezer.always = 'hang';
  const over = new AbortController();
  const hearing = bench.ear.hear(sounds.song, over.signal);
  await expect.poll(() => bench.deezer.requests.length).toBe(1);
  over.abort(new Error('over'));
  await expect(hearing).rejects.toThrow('over');
  await expect(bench.ear.knows(track, over.signal)).rejects.toThrow('over');
});

test('nothing of a preview is kept: no file, and no address in the store or the log', async () => {
  bench.deezer.tracks.push(copy({ id: 7, preview: undefined }), copy());
  const before = readdirSync(tmpdir());
  await hear();
  await hear(sounds.other);
  expect(
    readdirSync(tmpdir()).filter((name) => !before.includes(name) && /deezer|ear|clip/.test(name)),
  ).toEqual([]);
  const tables = bench.store.database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const rows = tables.map(({ name }) =>
    bench.store.database.prepare(`SELECT * FROM "${String(name)}"`).all(),
  );
  expect(JSON.stringify([rows, bench.log])).not.toMatch(/hdnea|\.mp3/);
});

test('a preview is there for people to listen to, as it is', async () => {
  bench.deezer.tracks.push(copy());
  const found = await bench.ear.preview(track, signal);
  expect(found).toMatchObject({ reference: { by: 'deezer', url: 'https://www.deezer.com/track/1' } });
  expect(typeof found === 'string' ? undefined : found.reference.sound).toEqual(sounds.preview);
  bench.deezer.always = { code: 700 };
  expect(await bench.ear.preview(track, signal)).toBe('later');
});

/** The song is in the library already, and proven. */
async function keepProven(name: string, heard: Heard = { verdict: 'proven', by: 'deezer' }): Promise<void> {
  const path = join(sounds.folder, name);
  copyFileSync(sounds.song.path, path);
  const file = { path, ...(await mustLookAt(path)), durationMs: lengthMs };
  const facts = { title: 'Song', artists: ['Band'], genres: [], isrcs: [isrc], hasCover: false, heard };
  bench.store.files.put({ ...file, downloaded: true }, [`isrc:${isrc}`], facts);
}

/** A yt-dlp that sends a file. */
function labels(path: string) {
  return () => Promise.resolve({ path: program(`exec cat ${path}`), settings: { extraArgs: [] } });
}

function label(change: Partial<Candidate> = {}): Candidate {
  const names = { title: 'Song', artists: ['Band'], kind: 'song' as const, durationMs: lengthMs };
  return { ...ofVideo('dQw4w9WgXcQ'), ...names, ...change };
}
