import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createHeart, faultOfHeart } from '../../src/automation/heartbeat.ts';
import { runWatchHealth } from '../../src/commands/watch.ts';
import { openStore } from '../../src/history/store.ts';
import { createTestClock } from '../helpers/clock.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const minuteMs = 60_000;

test('a heart that never beat, stopped, or wrote something else is said', async () => {
  const data = tempFolder();
  const clock = createTestClock();
  expect(await faultOfHeart(data, clock.now())).toBe("harmoni watch isn't running.");
  const heart = createHeart(data, clock);
  await heart.beat();
  expect(await faultOfHeart(data, clock.now())).toBeUndefined();
  writeFileSync(join(data, 'watch.json'), '{"beatAt": "yes');
  expect(await faultOfHeart(data, clock.now())).toBe("watch.json in the data folder isn't readable.");
  await heart.stop();
  expect(existsSync(join(data, 'watch.json'))).toBe(false);
});

test('a fresh beat is no sign of life of a watch that was killed', async () => {
  const data = tempFolder();
  const clock = createTestClock();
  await createHeart(data, clock).beat();
  const [checker, watch] = [openStore(data, clock), openStore(data, clock)];
  onTestFinished(() => checker.close());
  watch.turns.take('watch');
  const said: unknown[] = [];
  const output = { lines: (lines: unknown) => void said.push(lines), document: () => undefined };
  const parts = { clock, store: checker, paths: { data }, output };
  expect(await runWatchHealth(parts)).toBe(0);
  // What a killed one leaves is a row whose lock is gone.
  watch.instance.end();
  expect(await runWatchHealth(parts)).toBe(1);
  expect(said.at(-1)).toEqual([{ text: "harmoni watch isn't running.", tone: 'fail' }]);
  watch.close();
});

test('a beat is good for five minutes, and one of a clock that was set back is not good for longer', async () => {
  const data = tempFolder();
  const clock = createTestClock();
  const heart = createHeart(data, clock);
  await heart.beat();
  expect(await faultOfHeart(data, clock.now() + 5 * minuteMs)).toBeUndefined();
  const old = "harmoni watch hasn't shown a sign of life for 6 minutes.";
  expect(await faultOfHeart(data, clock.now() + 6 * minuteMs)).toBe(old);
  expect(await faultOfHeart(data, clock.now() - 6 * minuteMs)).toBe(old);
});

test('it beats once a minute, whatever the clock on the wall says, and a full disk is no failure', async () => {
  const data = tempFolder();
  const clock = createTestClock();
  const heart = createHeart(data, clock);
  await heart.beat();
  await heart.stop();
  clock.setOff(100 * minuteMs);
  await heart.beat();
  expect(await faultOfHeart(data, clock.now())).toBe("harmoni watch isn't running.");
  clock.pass(minuteMs);
  await heart.beat();
  expect(await faultOfHeart(data, clock.now())).toBeUndefined();
  const nowhere = createHeart(join(data, 'watch.json', 'below-a-file'), clock);
  await expect(nowhere.beat()).resolves.toBeUndefined();
});
