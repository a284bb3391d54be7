import { expect, test } from 'vitest';
import { atOnce, measure } from './measure.ts';

const busyNode = [process.execPath, '-e', 'for (let at = 0; at < 6e8; at += 1);'];

test('the CPU and the memory of all that a command starts are found, also of what its children start', async () => {
  const command = atOnce([busyNode, ['bash', '-c', '"$0" "$@"; true', ...busyNode]]);
  const run = await measure(command, { env: process.env });
  const seen = run.samples.reduce((sum, { cpu }) => sum + cpu.main + cpu.other + cpu.ytDlp + cpu.ffmpeg, 0);
  expect(run.exitCode).toBe(0);
  expect(seen).toBeGreaterThan(0);
  // The last part of a process is not sampled; ticks of 10 ms are not exact.
  expect(seen).toBeLessThanOrEqual(run.cpuSeconds + 0.1);
  // Two Nodes.
  expect(run.resident.tree).toBeGreaterThan(60);
  expect(run.proportional.tree).toBeGreaterThan(0);
  expect(run.proportional.tree).toBeLessThanOrEqual(run.resident.tree);
});

test('what runs beside a command does not count, and its output and its code come back', async () => {
  const beside = measure(busyNode, { env: process.env });
  const script = 'sleep 0.5; echo out; echo words >&2; exit 3';
  const run = await measure(['bash', '-c', script], { env: process.env });
  expect(run).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'words\n' });
  expect(run.samples.length).toBeGreaterThan(0);
  expect(run.resident.tree).toBeLessThan(30);
  expect((await beside).resident.tree).toBeGreaterThan(30);
});
