import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { listenTo, type ListenParts } from '../../src/engine/listen.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
import { parseFile } from 'music-metadata';
import { sine } from '../downloads/sounds.ts';
import { createJobBench, type JobBench } from '../helpers/job.ts';
import { ofVideo } from '../helpers/media.ts';
import { processesWith } from '../helpers/process-tree.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';
import { hearTone } from '../stand-ins/hear-tone.ts';

const [track] = makeTracks(1, { fromMs: 6_000 });
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks: track === undefined ? [] : [track] });
  bench = await createJobBench(world);
  // What others leave in the machine's own folder says nothing of these tests.
  vi.stubEnv('TMPDIR', world.folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await bench.close();
  await world.close();
});

const signal = new AbortController().signal;
const right = () => world.youTube.catalogue.shelves[0]?.results.find(({ role }) => role === 'right');
const candidate = (id = right()?.videoId ?? ''): Candidate => ({
  ...ofVideo(id),
  title: 'A song',
  kind: 'song',
  artists: [],
  durationMs: 6_000,
});

/** What listening takes, with a folder of players first on PATH. Each is a shell script. */
function partsWith(scripts: Readonly<Record<string, string>>): ListenParts {
  const bin = join(tempFolder(), 'bin');
  mkdirSync(bin);
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const { ytDlp, ffmpegPath, providers } = bench.deps();
  const path = Object.keys(scripts).length === 0 ? bin : [bin, process.env['PATH'] ?? ''].join(delimiter);
  return { tools: { ytDlp, ffmpegPath }, providers, store: bench.store, env: { PATH: path } };
}
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('harmoni-listen-'));

test('plays what the video sounds like, counts the video, and leaves nothing behind', async () => {
  const heard = tempFolder();
  const parts = partsWith({
    mpv: `for file; do :; done; cp "$file" ${heard}/clip.wav; echo "$@" > ${heard}/args`,
  });
  const before = { left: left(), visits: bench.store.visits.lastHour().length };
  await listenTo(parts, candidate(), signal);
  const { ffmpegPath } = bench.deps();
  expect(await hearTone(join(heard, 'clip.wav'), await ffmpegPath())).toBeCloseTo(right()?.toneHz ?? 0, -1);
  expect(readFileSync(join(heard, 'args'), 'utf8')).toMatch(
    /^--no-config --no-video --no-terminal \S+\.wav$/m,
  );
  expect(left()).toEqual(before.left);
  expect(bench.store.visits.lastHour()).toHaveLength(before.visits + 1);
});

test('says so where no player is found, before anything is fetched', async () => {
  const visits = bench.store.visits.lastHour().length;
  await expect(listenTo(partsWith({}), candidate(), signal)).rejects.toMatchObject({
    code: 'player-missing',
    message: "There's no program here that plays audio (ffplay, mpv, afplay, pw-play, paplay, aplay).",
  });
  expect(bench.store.visits.lastHour()).toHaveLength(visits);
});

test('tells what the player said when it fails', async () => {
  const parts = partsWith({ ffplay: 'echo "No audio device." >&2; exit 1' });
  await expect(listenTo(parts, candidate(), signal)).rejects.toMatchObject({
    code: 'player-failed',
    message: "ffplay couldn't play it (No audio device.).",
  });
});

test('a video that is gone is told in the words of a download', async () => {
  const parts = partsWith({ ffplay: 'exit 9' });
  await expect(listenTo(parts, candidate('zzzzzzzzzzz'), signal)).rejects.toMatchObject({
    code: 'video-unavailable',
  });
  expect(left()).toEqual([]);
});

test('a key ends a player that hangs, with all that it started', async () => {
  const folder = tempFolder();
  const mark = `XDG_HARMONI_TEST=${folder}`;
  const begun = join(folder, 'begun');
  const parts = partsWith({ ffplay: `${mark} sleep 600 & : > ${begun}; wait` });
  const key = new AbortController();
  const listening = listenTo(parts, candidate(), key.signal);
  const ended = listening.catch((reason: unknown) => reason);
  await expect.poll(() => existsSync(begun), { timeout: 20_000 }).toBe(true);
  // It has its mark once it is a program of its own.
  await expect.poll(() => processesWith(mark)).not.toEqual([]);
  key.abort(new Error('a key'));
  expect(await ended).toEqual(new Error('a key'));
  await expect.poll(() => processesWith(mark)).toEqual([]);
  expect(left()).toEqual([]);
});

describe('next to a preview', () => {
  const preview = async () => readFileSync(await sine('webm', 18));

  test('ten seconds of it are played first, then the match from the same place on', async () => {
    const heard = tempFolder();
    const parts = partsWith({ mpv: `for file; do :; done; cp "$file" ${heard}/$(basename "$file")` });
    const turns: string[] = [];
    const first = { sound: await preview(), atMs: 0 };
    await listenTo(parts, candidate(), signal, first, (what) => void turns.push(what));
    expect(turns).toEqual(['first', 'candidate']);
    const ffmpeg = await bench.deps().ffmpegPath();
    expect(await hearTone(join(heard, 'first.wav'), ffmpeg)).toBeCloseTo(440, -1);
    expect(await hearTone(join(heard, 'clip.wav'), ffmpeg)).toBeCloseTo(right()?.toneHz ?? 0, -1);
    const lengths = await Promise.all(
      ['first.wav', 'clip.wav'].map(async (name) => (await parseFile(join(heard, name))).format.duration),
    );
    expect(lengths[0]).toBeCloseTo(10, 0);
    // Both from the sixth second on: the match has six.
    expect(lengths[1]).toBeCloseTo(1, 0);
    expect(left()).toEqual([]);
  });

  test("one that can't be read is told, and nothing is left", async () => {
    const parts = partsWith({ mpv: 'exit 0' });
    const first = { sound: Buffer.from('<html>'), atMs: 0 };
    await expect(listenTo(parts, candidate(), signal, first)).rejects.toMatchObject({
      code: 'player-failed',
      message: "ffmpeg couldn't read the preview.",
    });
    expect(left()).toEqual([]);
  });

  test('a key ends both', async () => {
    const folder = tempFolder();
    const begun = join(folder, 'begun');
    const parts = partsWith({ mpv: `: > ${begun}; exec sleep 600` });
    const key = new AbortController();
    const turns: string[] = [];
    const first = { sound: await preview(), atMs: undefined };
    const ended = listenTo(parts, candidate(), key.signal, first, (what) => void turns.push(what)).catch(
      (reason: unknown) => reason,
    );
    await expect.poll(() => existsSync(begun), { timeout: 20_000 }).toBe(true);
    key.abort(new Error('a key'));
    expect(await ended).toEqual(new Error('a key'));
    expect(turns).toEqual(['first']);
    expect(left()).toEqual([]);
  });
});
