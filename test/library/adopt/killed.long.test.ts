import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settleLost } from '../../../src/history/settle.ts';
import { adoptWays } from '../../../src/library/adopt/carry-out.ts';
import { startProgram } from '../../helpers/child-program.ts';
import { createRandom, testSeed } from '../../helpers/random.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { openTestStore } from '../../history/set-up.ts';
import { createAdoptBench, fillMany, filesBelow, manyLists } from './adopt-bench.ts';

const url = new URL('../programs/adopt-music.ts', import.meta.url);
const random = createRandom(testSeed);
const runs = Array.from(
  { length: 24 },
  (_, at) => [at + 1, adoptWays[at % adoptWays.length] ?? 'link'] as const,
);

test.each(runs)(
  `an adoption that is killed leaves whole files and playlists, can be gone on with, and taken back (%i, %s) (seed ${testSeed})`,
  async (_number, way) => {
    const root = tempFolder();
    const [library, own, data] = ['library', 'own', 'data'].map((name) => join(root, name)) as [
      string,
      string,
      string,
    ]; // of three names
    mkdirSync(library);
    writeFileSync(join(library, 'note.txt'), 'mine');
    fillMany(own);
    const before = filesBelow(own);
    const store = openTestStore(data);
    const program = startProgram(url, [data, library, own, way]);
    await program.line();
    const kill = setTimeout(() => program.child.kill('SIGKILL'), random.between(0, 250));
    await program.ended;
    clearTimeout(kill);

    await settleLost(store);
    expect(filesBelow(own)).toEqual(before);
    const contents = new Set(Object.values(before));
    for (const [path, content] of Object.entries(filesBelow(library)))
      if (path.endsWith('.wav')) expect(contents.has(content), path).toBe(true);

    const bench = createAdoptBench({ library, own }, store);
    for (const name of ['Mix', 'Half']) {
      const file = `${name}/${name}.m3u8`;
      if (!existsSync(join(library, file))) continue;
      expect(bench.playlist(file).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    }
    await bench.adopt(await bench.look(manyLists()), way, () => true);
    const again = await bench.look(manyLists());
    expect(again.lists.flatMap(({ rows }) => rows).filter(({ state }) => state !== 'have')).toEqual([]);
    for (const [name, count] of [
      ['Mix', 30],
      ['Half', 15],
    ] as const) {
      const songs = bench.playlist(`${name}/${name}.m3u8`);
      expect(songs.map((path) => /Song \w+/.exec(path)?.[0])).toEqual(
        manyLists()
          .find((list) => list.name === name)
          ?.tracks.map(({ track }) => track),
      );
      expect(new Set(songs).size).toBe(count);
    }
    for (const { id } of store.journal.runs(10)) await bench.undo(id);
    // What a kill leaves of a playlist file that was being written, is for harmoni library cleanup.
    const left = Object.keys(filesBelow(library)).filter((path) => !/\/\.harmoni-\w+\.tmp$/.test(path));
    expect(left).toEqual(['note.txt']);
    expect(filesBelow(own)).toEqual(before);
    expect(store.journal.lost()).toEqual([]);
  },
);
