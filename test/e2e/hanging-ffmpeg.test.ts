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

test('a hanging ffmpeg ends in a failure of each song, and the job ends', async () => {
  const { ffmpeg } = await realTools();
  const ffmpegPath = join(world.folder, 'ffmpeg');
  const script = `#!/bin/sh\ncase "$1" in -formats|-encoders) exec '${ffmpeg}' "$@" ;; esac\nexec sleep 60\n`;
  writeFileSync(ffmpegPath, script, { mode: 0o755 });
  const { report, stoppedBy } = await bench.run([{ name: 'Hanging', folder: 'own', tracks, skipped: [] }], {
    settings: { format: 'mp3' },
    silenceMs: 4_000 * slowness(),
    ffmpegPath,
  });
  expect(stoppedBy).toBeUndefined();
  expect(report.lists[0]?.tracks).toMatchObject([
    { status: 'failed', failure: { stage: 'convert', code: 'convert-stalled' } },
    { status: 'failed', failure: { stage: 'convert', code: 'convert-stalled' } },
  ]);
});
