import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobBench, listOf } from '../helpers/job.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';

const [song] = makeTracks(1, { fromMs: 4_000 });
let world: World;
beforeAll(async () => {
  world = await createWorld({ tracks: song === undefined ? [] : [song], catalogue: { decoys: [] } });
});
afterAll(() => world.close());

test.each(['link', 'copy'] as const)(
  'a song that is put into a list twice at once (%s) lies there once',
  async (how) => {
    if (song === undefined) throw new Error('There is no song.');
    const bench = await createJobBench(world, how);
    const settings = { sameTrackInSecondList: how };
    await bench.run([listOf('First', [song], `test:${how}`)], { settings });
    await bench.run([listOf(how, [song, song, song], `test:second:${how}`)], { settings });
    const songs = readdirSync(`${world.music}/${how}`).filter((name) => name.endsWith('.opus'));
    expect(songs).toHaveLength(1);
    await bench.close();
  },
);
