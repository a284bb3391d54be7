import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { setUpTools, type SetUpParts } from '../../src/doctor/set-up-tools.ts';
import { tryLock } from '../../src/system/lock.ts';
import { createToolBox } from './tool-box.ts';
import { createTestClock } from '../helpers/clock.ts';

async function machine() {
  const box = await createToolBox();
  onTestFinished(() => box[Symbol.asyncDispose]());
  const said: string[] = [];
  const stop = new AbortController();
  const sleeps: (() => void)[] = [];
  const parts: SetUpParts = {
    beginWork: () => ({ signal: stop.signal, done: () => undefined }),
    clock: createTestClock({
      onSleep() {
        sleeps.shift()?.();
        stop.signal.throwIfAborted();
      },
    }),
    progress: {
      print: (line: string) => void said.push(line),
      isLive: false,
      alert: () => undefined,
      draw: () => undefined,
      end: () => undefined,
    },
    tools: { places: () => ({ ytDlp: box.places, ffmpeg: box.places }) },
  };
  const addTools = async () => {
    await box.ytDlp('bin/yt-dlp', '2026.10.26');
    await box.ffmpeg('bin/ffmpeg');
  };
  return { box, parts, said, stop, sleeps, addTools, lock: join(box.places.toolsDir, 'set-up.lock') };
}

test('the first start fetches, and another may begin afterwards', async () => {
  const { parts, said, lock } = await machine();
  let fetched = 0;
  await setUpTools(parts, async () => void (fetched += 1));
  expect(fetched).toBe(1);
  expect(said).toEqual(['Setting up HARMONI. This happens only once.']);
  const free = tryLock(lock);
  expect(free).toBeDefined();
  free?.release();
});

test('a second start waits for the first and uses what that one got', async () => {
  const { parts, said, sleeps, addTools, lock } = await machine();
  const first = tryLock(lock);
  await addTools();
  sleeps.push(
    () => undefined,
    () => first?.release(),
  );
  await setUpTools(parts, () => Promise.reject(new Error('fetched twice')));
  expect(said).toEqual(['Another start is setting up HARMONI. Waiting for it ...']);
});

test('Ctrl+C ends the waiting', async () => {
  const { parts, stop, sleeps, lock } = await machine();
  const first = tryLock(lock);
  sleeps.push(() => stop.abort(new Error('stopped')));
  await expect(setUpTools(parts, async () => undefined)).rejects.toThrow('stopped');
  first?.release();
});

test('a failed set-up leaves the turn to the next', async () => {
  const { parts, lock } = await machine();
  await expect(setUpTools(parts, () => Promise.reject(new Error('no network')))).rejects.toThrow(
    'no network',
  );
  const free = tryLock(lock);
  expect(free).toBeDefined();
  free?.release();
});
