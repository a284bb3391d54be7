import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Match } from '../../src/matching/match.ts';
import { untilGone } from '../helpers/child-program.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000, stepMs: 50 });
const absent = makeTracks(5).slice(2);
const nothing: Match = {
  decision: 'none',
  pick: null,
  confidence: 0,
  reasons: [],
  doubts: [],
  runnersUp: [],
  requests: 0,
};
let world: World;
let bench: JobBench;
let starts: string;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
  bench = await createJobBench(world);
  starts = join(world.folder, 'starts');
});
afterAll(async () => {
  await bench.close();
  await world.close();
});

/** A yt-dlp that notes its process id when it starts, and then does as the script says. */
function noting(name: string, script: string): string {
  const path = join(world.folder, name);
  writeFileSync(starts, '');
  writeFileSync(path, `#!/bin/sh\necho $$ >>'${starts}'\n${script}\n`, { mode: 0o755 });
  return path;
}
const started = (): readonly number[] => readFileSync(starts, 'utf8').trim().split('\n').map(Number);

/** Searches until yt-dlp runs. */
async function untilStarted(): Promise<void> {
  while (readFileSync(starts, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the yt-dlp that starts while songs are searched for', () => {
  test('says why it ended, although nobody listened to it then', async () => {
    const path = noting('broken', `echo "ModuleNotFoundError: No module named 'yt_dlp'" >&2; exit 1`);
    const { stoppedBy } = await bench.run([listOf('Mix', tracks)], {
      ytDlpPath: path,
    });
    expect(stoppedBy).toMatchObject({
      code: 'ytdlp-broken',
      message: expect.stringContaining('yt_dlp') as string,
    });
  });

  test('is the one that fetches them', async () => {
    const { ytDlp } = await realTools();
    const path = noting('real', `exec '${ytDlp}' "$@"`);
    const { report } = await bench.run([listOf('Mix', tracks)], { ytDlpPath: path });
    expect(report.summary).toMatchObject({ done: 2 });
    expect(started()).toHaveLength(1);
  });

  test('is ended where nothing is found, with its folder', async () => {
    const path = noting('waits', 'trap "" HUP; exec cat');
    const matchTrack = async (): Promise<Match> => {
      await untilStarted();
      return nothing;
    };
    const { report } = await bench.run([listOf('None', absent)], { ytDlpPath: path, matchTrack });
    expect(report.summary).toMatchObject({ none: 3 });
    for (const pid of started()) await untilGone(pid);
    expect(existsSync(join(world.music, '.harmoni'))).toBe(false);
  });

  test('is ended when the job is stopped', async () => {
    const path = noting('stopped', 'exec cat');
    const stop = new AbortController();
    const matchTrack = async (): Promise<Match> => {
      await untilStarted();
      stop.abort();
      return nothing;
    };
    const run = bench.run([listOf('Stopped', absent)], {
      ytDlpPath: path,
      matchTrack,
      signal: stop.signal,
    });
    expect((await run).stoppedBy).toMatchObject({ code: 'cancelled' });
    for (const pid of started()) await untilGone(pid);
  });

  test('is not started for songs that are there', async () => {
    const path = noting('unneeded', 'exec cat');
    const { report } = await bench.run([listOf('Mix', tracks)], { ytDlpPath: path });
    expect(report.summary).toMatchObject({ present: 2 });
    expect(readFileSync(starts, 'utf8')).toBe('');
  });
});
