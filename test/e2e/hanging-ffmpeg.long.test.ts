import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobBench, type JobBench } from '../helpers/job.ts';
import { slowness } from '../helpers/patience.ts';
import { createWorld, makeTracks, realTools, type World } from '../helpers/world.ts';

const tracks = makeTracks(2, { fromMs: 4_000 });
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live'] } });
  bench = await createJobBench(world);
});
afterAll(async () => {
  await bench.close();
  await world.close();
});

/** An ffmpeg that says what it can do, and does nothing. */
async function hangingFfmpeg(): Promise<string> {
  const { ffmpeg } = await realTools();
  const path = join(world.folder, 'ffmpeg');
  const script = `#!/bin/sh\ncase "$1" in -formats|-encoders) exec '${ffmpeg}' "$@" ;; esac\nexec sleep 60\n`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

test('a hanging ffmpeg ends in a failure of each song, and the job ends', async () => {
  const { report, stoppedBy } = await bench.run([{ name: 'Hanging', folder: 'own', tracks, skipped: [] }], {
    settings: { format: 'mp3' },
    silenceMs: 4_000 * slowness(),
    ffmpegPath: await hangingFfmpeg(),
  });
  expect(stoppedBy).toBeUndefined();
  expect(report.lists[0]?.tracks).toMatchObject([
    { status: 'failed', failure: { stage: 'convert', code: 'convert-stalled' } },
    { status: 'failed', failure: { stage: 'convert', code: 'convert-stalled' } },
  ]);
});

test.each([
  ['opus', 0],
  ['m4a', 1],
] as const)('%s needs no ffmpeg: only the container changes', async (format, index) => {
  const ffmpegPath = await hangingFfmpeg();
  const songs = tracks.slice(index, index + 1);
  const { report } = await bench.run([{ name: 'Copied', folder: 'own', tracks: songs, skipped: [] }], {
    settings: { format },
    silenceMs: 4_000 * slowness(),
    ffmpegPath,
  });
  expect(report.lists[0]?.tracks).toMatchObject([{ status: 'done', format }]);
});
