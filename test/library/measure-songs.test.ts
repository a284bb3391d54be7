import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { measureSongs } from '../../src/library/measure-songs.ts';
import { valuesOfBeginning } from '../../src/sound/measurement.ts';
import { ffmpeg } from '../downloads/sounds.ts';
import { openTestStore } from '../history/set-up.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { realTools } from '../helpers/world.ts';

let ffmpegPath: string;

beforeAll(async () => {
  ({ ffmpeg: ffmpegPath } = await realTools());
});

/** A library of different tones, and how to listen to it. */
async function library(many: number) {
  const folder = tempFolder();
  const store = openTestStore();
  const paths: string[] = [];
  for (let number = 0; number < many; number += 1) {
    const path = join(folder, `${number}.wav`);
    await ffmpeg(['-f', 'lavfi', '-i', `sine=f=${300 + number * 50}:d=1`, path]);
    const { size, mtimeMs, ino } = statSync(path);
    const stamp = { sizeBytes: size, modifiedMs: Math.round(mtimeMs), inode: String(ino) };
    store.files.put({ path, ...stamp, durationMs: 1_000, downloaded: true }, []);
    paths.push(path);
  }
  const listen = (parts: Partial<Parameters<typeof measureSongs>[1]> = {}) =>
    measureSongs(store.files.filesBelow(folder), {
      ...{ store, ffmpegPath, hasFingerprint: true, cores: 1, signal: new AbortController().signal },
      ...parts,
    });
  return { folder, store, paths, listen };
}

test('an interrupt keeps what was heard, and the next run goes on', async () => {
  const { listen } = await library(4);
  const key = new AbortController();
  const stopped = await listen({
    signal: key.signal,
    onProgress: ({ done }) => {
      if (done === 2) key.abort();
    },
  });
  expect(stopped).toMatchObject({ measured: 2, known: 0, notChecked: [], isStopped: true });
  expect(await listen()).toMatchObject({ measured: 2, known: 2, notChecked: [], isStopped: false });
  expect(await listen()).toMatchObject({ measured: 0, known: 4 });
});

test('what vanishes meanwhile, and what a broken ffmpeg says nothing of, is not checked and not broken', async () => {
  const { folder, store, paths, listen } = await library(2);
  const [first = '', second = ''] = paths;
  const broken = join(folder, 'ffmpeg');
  writeFileSync(broken, '#!/bin/sh\necho "Cannot load libfoo.so" >&2\nexit 127\n');
  chmodSync(broken, 0o755);
  rmSync(first);
  expect(await listen({ ffmpegPath: broken })).toMatchObject({
    measured: 0,
    broken: [],
    notChecked: [
      { path: first, why: "it isn't there anymore" },
      { path: second, why: 'Cannot load libfoo.so' },
    ],
  });
  expect(store.files.get(second)?.fault).toBeUndefined();
  expect(await listen()).toMatchObject({ measured: 1, broken: [], notChecked: [{ path: first }] });
});

test('a fingerprint of the beginning is made anew only where the whole is needed', async () => {
  const { store, paths, listen } = await library(1);
  const [path = ''] = paths;
  const { size, mtimeMs } = statSync(path);
  const file = { path, sizeBytes: size, modifiedMs: mtimeMs };
  await listen();
  const key = store.sounds.keyOf(file) ?? '';
  // As HARMONI once measured songs of four minutes.
  const fingerprint = new Uint32Array(valuesOfBeginning).fill(7);
  store.sounds.put(key, { fingerprint, lengthMs: 240_000, loudness: undefined, fault: undefined });
  expect(await listen()).toMatchObject({ measured: 0, known: 1 });
  expect(await listen({ needsWhole: true })).toMatchObject({ measured: 1, known: 0 });
  expect(store.sounds.ofFile(file)?.lengthMs).toBe(1_000);
});
