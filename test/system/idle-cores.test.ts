import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createIdleCores } from '../../src/system/idle-cores.ts';

test('idle cores are none before anything is known, then from none to all of them, and the same for a while', async () => {
  const idleCores = createIdleCores();
  expect(idleCores()).toBe(0);
  await setTimeout(400);
  const idle = idleCores();
  expect(idle).toBeGreaterThanOrEqual(0);
  expect(idle).toBeLessThanOrEqual(cpus().length);
  expect(idleCores()).toBe(idle);
});
