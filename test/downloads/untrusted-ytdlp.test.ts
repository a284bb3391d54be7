import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';
import { sine } from './sounds.ts';

const tracks = makeTracks(1, { fromMs: 6_000 });
let world: World;
let bench: JobBench;

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: [] } });
  bench = await createJobBench(world);
});
afterAll(async () => {
  await bench.close();
  await world.close();
});

test("what yt-dlp claims outside its work folder is neither read nor moved, and is the song's failure", async () => {
  const precious = join(world.folder, 'precious.webm');
  // Sound of the right length: only the place is wrong.
  writeFileSync(precious, readFileSync(await sine('webm', 6)));
  const before = readFileSync(precious);
  const ytDlpPath = join(world.folder, 'yt-dlp');
  const done = `{"t":"done","id":"%s","path":"${precious}","codec":"opus","duration":6,"title":"T","channel":"C"}`;
  const script = `#!/bin/sh\nread -r last\nid=\${last#*v=}\nprintf '{"t":"before","id":"%s"}\\n${done}\\n' "$id" "$id"\n`;
  writeFileSync(ytDlpPath, script, { mode: 0o755 });
  const { report, stoppedBy } = await bench.run([listOf('Claimed', tracks)], { ytDlpPath });
  expect(stoppedBy).toBeUndefined();
  expect(report.lists[0]?.tracks[0]).toMatchObject({
    status: 'failed',
    failure: { stage: 'download', code: 'download-misplaced' },
  });
  expect(readFileSync(precious).equals(before)).toBe(true);
  expect(readdirSync(world.music)).toEqual([]);
});
