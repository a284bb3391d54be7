import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listenTo, type ListenParts } from '../../src/engine/listen.ts';
import type { Candidate } from '../../src/matching/candidate.ts';
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
