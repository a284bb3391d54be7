import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isOwnText } from '../../src/downloads/lyrics-file.ts';
import { lrcOf } from '../../src/downloads/sidecars.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { createWorld, exportifyCsv, finished, makeTracks } from '../helpers/world.ts';
import { lrclibRecord, startLrclib } from '../stand-ins/lrclib.ts';

const random = createRandom(testSeed);
const tracks = makeTracks(4);

/** The moment of the kill: when the first lyrics are there, which are written before their song, or whenever. */
test.each(['between lyrics and song', 'between lyrics and song', 'a little later', 'at any time'])(
  `a download with lyrics that is killed %s goes on, and an undo takes everything back (seed ${testSeed})`,
  async (moment) => {
    const lrclib = await startLrclib(
      tracks.map(({ artist, track, album = '', durationMs = 0 }) =>
        lrclibRecord({ artistName: artist, trackName: track, albumName: album, duration: durationMs / 1000 }),
      ),
    );
    const config = { lyrics: 'both', lyrics_url: lrclib.url };
    const world = await createWorld({ tracks, catalogue: { decoys: [] }, config });
    const below = (ending: string): string[] =>
      existsSync(world.music)
        ? readdirSync(world.music, { recursive: true, encoding: 'utf8' })
            .filter((path) => path.endsWith(ending) && !path.startsWith('.harmoni'))
            .map((path) => join(world.music, path))
        : [];
    try {
      const csv = join(world.folder, 'Evening.csv');
      writeFileSync(csv, exportifyCsv(tracks));
      const first = tracks.map(({ artist, track }) =>
        join(world.music, 'Evening', `${artist} - ${track}.lrc`),
      );
      const child = world.start(['download', csv, '--yes', '--json']);
      const ended = finished(child);
      const state = { isOver: false };
      void ended.then(() => (state.isOver = true));
      if (moment === 'at any time') await sleep(random.between(1_000, 3_000));
      else while (!state.isOver && !first.some((path) => existsSync(path))) await sleep(0);
      if (moment === 'a little later') await sleep(random.between(0, 40));
      child.kill('SIGKILL');
      await ended;
      // Each file is whole, or isn't there.
      for (const path of below('.lrc')) expect(isOwnText(readFileSync(path, 'utf8')), path).toBe(true);

      const resumed = await world.run(['resume', '--yes', '--json']);
      expect([0, 2], resumed.stderr).toContain(resumed.exitCode);
      await world.run(['download', csv, '--yes', '--json']);
      expect(below('.opus')).toHaveLength(tracks.length);
      expect(below('.lrc').toSorted()).toEqual(below('.opus').map(lrcOf).toSorted());
      for (const path of below('.lrc')) expect(isOwnText(readFileSync(path, 'utf8')), path).toBe(true);

      const runs = (await world.run(['history', '--json'])).json() as { runs: { id: number }[] };
      for (const { id } of runs.runs) await world.run(['undo', String(id), '--yes']);
      expect([...below('.opus'), ...below('.lrc')]).toEqual([]);
      expect((await world.run(['library', 'cleanup', '--dry-run'])).stdout).not.toContain('lyrics');
    } finally {
      await world.close();
      await lrclib.close();
    }
  },
);
