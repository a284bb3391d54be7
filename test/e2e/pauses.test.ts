import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createWorld, exportifyCsv, finished, makeTracks } from '../helpers/world.ts';

test('without a terminal a pause is one line that says until when, and the log has it', async () => {
  const tracks = makeTracks(3, { fromMs: 4_000 });
  const world = await createWorld({ tracks, config: { downloads_per_hour: 1 } });
  onTestFinished(() => world.close());
  const list = join(world.folder, 'List.csv');
  writeFileSync(list, exportifyCsv(tracks));
  const child = world.start(['download', list, '--yes']);
  child.stdin?.end();
  const end = finished(child);
  const log = join(world.data, 'logs', 'app.log');
  const logText = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  while (!logText().includes('Paused')) await new Promise((next) => setTimeout(next, 20));
  child.kill('SIGTERM');
  const { stdout, stderr, exitCode } = await end;
  const said = `${stdout}${stderr}`.split('\n');
  expect(said).toContain('List: 3 songs.');
  const lines = said.filter((line) => line.startsWith('Paused'));
  expect(lines).toEqual([
    expect.stringMatching(
      /^Paused until (\d{4}-\d\d-\d\d )?\d\d:\d\d: Limit of 1 video an hour \(downloads_per_hour\)\.$/,
    ),
  ]);
  expect(logText()).toMatch(/download started.*\n[^]*download ended/);
  expect(exitCode).toBe(130);
});
