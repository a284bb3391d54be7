import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isOtherVideo } from '../../src/downloads/replace.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import { createJobBench, listOf, type JobBench } from '../helpers/job.ts';
import { createWorld, makeTracks, realTools, type World } from '../helpers/world.ts';
import { video } from '../helpers/media.ts';

const tracks = makeTracks(1, { fromMs: 4_000 });
let world: World;
let bench: JobBench;
const name = tracks.map(({ artist, track }) => `${artist} - ${track}`).join();
const keys = tracks.flatMap(trackKeys);
const evening = listOf('Evening', tracks);
const morning = listOf('Morning', tracks);
const idOf = (role: string): string =>
  world.youTube.catalogue.shelves[0]?.results.find((one) => one.role === role)?.videoId ?? '';
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.harmoni'))
    .sort();
const choose = (videoId: string | null): void => {
  for (const track of tracks) bench.store.overrides.set(track, videoId === null ? null : video(videoId));
};

beforeAll(async () => {
  world = await createWorld({ tracks, catalogue: { decoys: ['live', 'acoustic'] } });
});
afterAll(() => world.close());

describe('a chosen video', () => {
  beforeEach(async () => {
    for (const folder of ['music', 'trash', 'job-data']) {
      rmSync(join(world.folder, folder), { recursive: true, force: true });
    }
    bench = await createJobBench(world, 'job-data', { isFetchedOnce: true });
    await bench.run([evening, morning]);
    return () => bench.close();
  });

  test('in another format takes the place under its own ending, in the playlist files of other lists too', async () => {
    choose(idOf('live'));
    const { report } = await bench.run([evening], { settings: { format: 'm4a' } });
    expect(report.summary).toMatchObject({ done: 1 });
    expect(filesBelow(world.music)).toEqual([
      join('Evening', `${name}.m4a`),
      join('Evening', 'Evening.m3u8'),
      join('Morning', `${name}.m4a`),
      join('Morning', 'Morning.m3u8'),
    ]);
    expect(readFileSync(join(world.music, 'Morning', 'Morning.m3u8'), 'utf8')).toContain(`\n${name}.m4a\n`);
    expect(filesBelow(join(world.music, '.harmoni', 'trash'))).toEqual(
      ['Evening', 'Morning'].map((list) => join('2026-01-01', list, `${name}.opus`)),
    );
  });

  test('that is already in one place goes to the others without a download', async () => {
    choose(idOf('live'));
    await bench.run([evening]);
    const before = readFileSync(join(world.music, 'Evening', `${name}.opus`));
    // As if it had been ended between the two places.
    const wrong = join(world.music, 'Morning', `${name}.opus`);
    writeFileSync(`${wrong}.new`, 'the old song');
    renameSync(`${wrong}.new`, wrong);
    const known = bench.store.files.get(wrong);
    if (known !== undefined) bench.store.files.put({ ...known, media: video(idOf('right')) }, keys);
    const visits = world.youTube.requests.all.length;
    const { report } = await bench.run([evening]);
    expect(report.summary).toMatchObject({ present: 1 });
    expect(world.youTube.requests.all.length).toBe(visits);
    expect(readFileSync(wrong).equals(before)).toBe(true);
    expect(filesBelow(join(world.music, '.harmoni', 'trash'))).toHaveLength(3);
  });

  test('takes no place while the old file cannot be kept', async () => {
    const file = join(world.music, 'Evening', `${name}.opus`);
    const before = readFileSync(file);
    mkdirSync(join(world.music, '.harmoni'));
    writeFileSync(join(world.music, '.harmoni', 'trash'), 'in the way');
    choose(idOf('live'));
    const { stoppedBy } = await bench.run([evening]);
    expect(stoppedBy?.code).toBe('output-not-writable');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('that fails leaves everything as it was', async () => {
    const before = filesBelow(world.music);
    choose(idOf('live'));
    world.youTube.failures.add({ failure: 'private', videoId: idOf('live'), times: 1 });
    const { ytDlp } = await realTools();
    const { report } = await bench.run([evening], { ytDlpPath: ytDlp });
    expect(report.lists[0]?.tracks[0]).toMatchObject({
      status: 'failed',
      failure: {
        message: expect.stringMatching(/^The video that you chose \(.*\) can't be downloaded\./) as string,
      },
    });
    expect(filesBelow(world.music)).toEqual(before);
  });
});

test.each([
  ['the same video', 'aaaaaaaaaaa', 'aaaaaaaaaaa', true, false],
  ['another video', 'bbbbbbbbbbb', 'aaaaaaaaaaa', false, true],
  ['a file that does not say its video', undefined, 'aaaaaaaaaaa', false, false],
  ['the same, when it was asked for', undefined, 'aaaaaaaaaaa', true, true],
  ['"none of these"', 'bbbbbbbbbbb', null, true, false],
] as const)('%s is a wrong file: %s chosen %s, asked %s: %s', (_what, has, chosen, asked, expected) => {
  const file = has === undefined ? {} : { media: video(has) };
  const decided = { media: chosen === null ? null : video(chosen) };
  expect(isOtherVideo(file, decided, asked)).toBe(expected);
});
