import { expect, test } from 'vitest';
import { runTagBench } from '../bench/tags/run.ts';
import { testSeed } from '../helpers/random.ts';
import { realTools } from '../helpers/world.ts';

// npm run bench:tags [SONGS] [SEED] does the same with thousands, and asks mutagen and ffprobe too.

test(`songs with covers and texts of any size are tagged and read back whole (seed ${testSeed})`, async () => {
  const { faults, songs, sizes } = await runTagBench({
    ffmpegPath: (await realTools()).ffmpeg,
    readers: [],
    seed: testSeed,
    songs: 36,
    sizes: 40,
    mostCoverBytes: 2 ** 20,
    lengthsMs: [1_000],
  });
  expect(faults).toEqual([]);
  const each = (count: number) => ({
    mp3: count,
    m4a: count,
    opus: count,
    flac: count,
    ogg: count,
    wav: count,
  });
  expect(songs).toEqual(each(36));
  expect(sizes).toEqual(each(40));
});
