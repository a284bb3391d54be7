import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createWorld, exportifyCsv, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(3, { fromMs: 4_000 });
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] } });
});
afterAll(() => world.close());

const failure = z.object({ error: z.object({ code: z.string(), message: z.string(), fix: z.string() }) });

/** Downloads with these arguments more; says how often yt-dlp was started for it. */
async function downloadWith(
  more: readonly string[],
): Promise<{ run: Awaited<ReturnType<World['run']>>; starts: number }> {
  const { ytDlp } = await realTools();
  const path = join(world.folder, 'noting-yt-dlp');
  const log = join(world.folder, 'starts');
  writeFileSync(log, '');
  const note = `case "$*" in *watch?v=*) echo x >>'${log}' ;; esac`;
  writeFileSync(path, `#!/bin/sh\n${note}\nexec '${ytDlp}' "$@"\n`, { mode: 0o755 });
  const config = join(world.folder, 'config.json');
  const before = readFileSync(config, 'utf8');
  const settings = {
    ...(JSON.parse(before) as object),
    ytdlp_extra_args: [...world.youTube.ytdlpArgs(), ...more],
  };
  writeFileSync(config, JSON.stringify(settings));
  const list = join(world.folder, 'Mix.csv');
  writeFileSync(list, exportifyCsv(tracks));
  const run = await world.run(['download', list, '--yes', '--json'], {
    env: {
      HARMONI_YTDLP: path,
      HOME: join(world.folder, 'home'),
      XDG_CONFIG_HOME: join(world.folder, 'home'),
    },
  });
  writeFileSync(config, before);
  return { run, starts: readFileSync(log, 'utf8').split('\n').length - 1 };
}

test('cookies of a browser that is not there end the job after the first try, and name the setting', async () => {
  const { run, starts } = await downloadWith(['--cookies-from-browser', 'firefox']);
  // As many as run side by side.
  expect(starts).toBeLessThanOrEqual(3);
  expect(run.stderr).toContain(
    "yt-dlp can't read your cookies. It found no firefox cookies on this machine.",
  );
  expect(run.stderr).toContain('cookies_from_browser');
  // An old yt-dlp is warned of before, but it isn't to blame.
  expect(run.stderr.slice(run.stderr.indexOf('Stopped'))).not.toMatch(/update/i);
  expect(run.exitCode).toBe(1);
});

test('a refused argument starts nothing, and is told with the way to do it', async () => {
  const { run, starts } = await downloadWith(['-P', world.folder]);
  expect(starts).toBe(0);
  expect(run.exitCode).toBe(2);
  expect(failure.parse(run.json()).error).toMatchObject({
    code: 'config-invalid',
    message: expect.stringMatching(/ytdlp_extra_args can't include -P\..*output_dir/) as string,
  });
});

test('a cookie file of the right kind is used', async () => {
  const path = join(world.folder, 'cookies.txt');
  writeFileSync(path, '# Netscape HTTP Cookie File\n');
  const { run } = await downloadWith(['--cookies', path]);
  expect(run.exitCode).toBe(0);
});
