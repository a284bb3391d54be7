import { cpus } from 'node:os';
import { expect, test } from 'vitest';
import { coreTimes, createIdleCores } from '../../src/system/idle-cores.ts';

test('idle cores are those of the time since somebody asked, and the same for a while', () => {
  let nowMs = 0;
  let idleMs = 5_000;
  const times = () => ({ cores: 4, idleMs, totalMs: 4 * nowMs + 20_000 });
  const idleCores = createIdleCores(times, () => nowMs);
  expect(idleCores()).toBe(0);
  [nowMs, idleMs] = [500, 6_500];
  expect(idleCores()).toBe(3);
  [nowMs, idleMs] = [700, 6_500];
  expect(idleCores()).toBe(3);
  [nowMs, idleMs] = [1_000, 6_500];
  expect(idleCores()).toBe(0);
});

test('where the system counts nothing, no core is idle', () => {
  let nowMs = 0;
  const idleCores = createIdleCores(
    () => ({ cores: 0, idleMs: 0, totalMs: 0 }),
    () => nowMs,
  );
  nowMs = 1_000;
  expect(idleCores()).toBe(0);
});

test('the times of this machine are those of all its cores', () => {
  const { cores, idleMs, totalMs } = coreTimes();
  expect(cores).toBe(cpus().length);
  expect(idleMs).toBeGreaterThan(0);
  expect(totalMs).toBeGreaterThan(idleMs);
});
