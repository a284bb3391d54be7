import { spawn } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, exportifyCsv, finished, makeTracks, projectDir, type World } from '../helpers/world.ts';

const tracks = makeTracks(3, { fromMs: 4_000 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] } });
  writeFileSync(join(world.folder, 'List.csv'), exportifyCsv(tracks));
});
afterAll(() => world.close());

/** Runs a line of bash in which $H is HARMONI; ends with the exit code of the first command of its pipe. */
function bash(line: string, env: NodeJS.ProcessEnv = {}): ReturnType<typeof finished> {
  const entry = join(projectDir, 'src', 'index.ts');
  const child = spawn('bash', ['-c', `${line}\nexit "\${PIPESTATUS[0]}"`], {
    cwd: world.folder,
    env: { ...world.env, ...env, H: `${process.execPath} ${entry}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return finished(child);
}

test.each([
  ['$H config show | head -1', 0],
  ['$H config show | true', 0],
  ['$H config show --json | true', 0],
  ['$H match List.csv | head -1', 0],
  ['$H match List.csv --json | true', 0],
  ['$H download List.csv --dry-run | head -1', 0],
  ['$H --help | true', 0],
  ['$H nonsense 2>&1 | true', 2],
  ['$H download missing.csv 2>&1 | true', 2],
  ['$H download missing.csv 2> /dev/full', 2],
  ['$H download missing.csv --json > /dev/full 2>&1', 2],
  ['$H config show > /dev/full', 1],
  ['$H config show --json > /dev/full', 1],
  ['$H config show > /dev/full 2>&1', 1],
  ['$H match List.csv --json > /dev/full', 1],
  ['$H --version > /dev/full', 1],
  ['$H config show >&-', 0],
  ['$H config show --json 2>&-', 0],
  ['$H config show --json 2> /dev/full', 0],
])('%s ends with %i and without a stack', async (line, exitCode) => {
  const run = await bash(line);
  expect(run.stderr).not.toMatch(/node:|Node\.js|\bat .*:\d+:\d+|Unhandled|EPIPE|fault in HARMONI/);
  expect(run.exitCode).toBe(exitCode);
});

test.each([
  ['| true', 0],
  ['> /dev/full', 1],
  ['--json | true', 0],
  ['2> /dev/full', 0],
  ['--json > /dev/full 2>&1', 1],
])('a download goes on to its end with its output %s', async (where, exitCode) => {
  for (const path of [world.music, join(world.data, 'harmoni.db')])
    rmSync(path, { recursive: true, force: true });
  const run = await bash(`$H download List.csv --yes ${where}`);
  expect(run.stderr).not.toMatch(/node:|Node\.js|Unhandled|EPIPE/);
  expect(readdirSync(join(world.music, 'List')).filter((name) => name.endsWith('.opus'))).toHaveLength(3);
  expect(run.exitCode).toBe(exitCode);
});
