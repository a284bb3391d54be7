import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJobBench, listOf } from '../helpers/job.ts';
import { video } from '../helpers/media.ts';
import { createWorld, makeTracks, type World } from '../helpers/world.ts';
import { startSponsorBlock, type SponsorBlockStandIn } from '../stand-ins/sponsorblock.ts';

const [track, other] = makeTracks(2, { fromMs: 10_000, stepMs: 1_000 });
let world: World;
let sponsorBlock: SponsorBlockStandIn;

beforeAll(async () => {
  if (track === undefined || other === undefined) throw new Error('There are no tracks.');
  world = await createWorld({ tracks: [track, other], catalogue: { decoys: [] } });
  sponsorBlock = await startSponsorBlock();
});
afterAll(async () => {
  await sponsorBlock.close();
  await world.close();
});

test('a music video loses its talk, says so in its tags, and is as long as the song; a song of the label is not asked for', async () => {
  if (track === undefined || other === undefined) throw new Error('There are no tracks.');
  const bench = await createJobBench(world, 'cut-data', { isFetchedOnce: true });
  const [id = '', otherId = ''] = world.youTube.catalogue.shelves.map(({ right }) => right?.videoId ?? '');
  // The user says which video it is: HARMONI knows no kind of it then.
  bench.store.overrides.set({ ...track, durationMs: 7_500 }, video(id));
  for (const videoID of [id, otherId])
    sponsorBlock.segments.push({
      videoID,
      segment: [0, 2.5],
      votes: 2,
      videoDuration: videoID === id ? 10 : 11,
    });
  const { report } = await bench.run([listOf('Evening', [{ ...track, durationMs: 7_500 }, other])], {
    settings: { sponsorBlock: true },
    config: { sponsorblock_url: sponsorBlock.url },
  });
  expect(report.summary).toMatchObject({ done: 2, failed: 0 });
  expect(sponsorBlock.requests).toHaveLength(1);
  const [cut, whole] = await Promise.all(
    [track, other].map(async (one) =>
      parseFile(join(world.music, 'Evening', `${one.artist} - ${one.track}.opus`), { duration: true }),
    ),
  );
  expect(cut?.format.duration).toBeCloseTo(7.5, 1);
  expect(whole?.format.duration).toBeCloseTo(11, 1);
  const tagOf = (file: typeof cut) =>
    file?.native['vorbis']?.find(({ id: name }) => name === 'HARMONI_CUT')?.value;
  expect(tagOf(cut)).toBe('0-2.5');
  expect(tagOf(whole)).toBeUndefined();
  await bench.close();
});
