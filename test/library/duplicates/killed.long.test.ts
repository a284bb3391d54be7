import { expect, test } from 'vitest';
import { startProgram } from '../../helpers/child-program.ts';
import { createRandom, testSeed } from '../../helpers/random.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { openTestStore } from '../../history/set-up.ts';
import { settleLost } from '../../../src/history/settle.ts';
import { listTrash } from '../../../src/system/trash-folder.ts';
import { trashOf } from '../../../src/system/trash.ts';
import { readFileSync } from 'node:fs';
import { createDuplicatesBench } from './duplicates-bench.ts';

const url = new URL('../programs/remove-duplicates.ts', import.meta.url);
const random = createRandom(testSeed);

test.each(Array.from({ length: 20 }, (_, at) => at + 1))(
  `a removal of duplicates that is killed leaves every file as it was, or in the trash, and can be gone on with and taken back (%i) (seed ${testSeed})`,
  async () => {
    const library = tempFolder();
    const data = tempFolder();
    const first = openTestStore(data);
    const bench = createDuplicatesBench(library, first);
    bench.fill(40);
    const before = bench.files();
    const program = startProgram(url, [data, library]);
    await program.line();
    const kill = setTimeout(() => program.child.kill('SIGKILL'), random.between(0, 300));
    await program.ended;
    clearTimeout(kill);
    await settleLost(first);
    const songs = Object.entries(before).filter(([path]) => !path.endsWith('.m3u8'));
    const there = new Set(Object.values(bench.files()));
    const trashed = new Set(
      (await listTrash(trashOf(library))).map(({ path }) => readFileSync(path, 'utf8')),
    );
    // In one place, and whole.
    for (const [, text] of songs) expect(Number(there.has(text)) + Number(trashed.has(text))).toBe(1);
    expect(bench.deadLines()).toEqual([]);
    await bench.removeAll();
    expect((await bench.find()).groups).toEqual([]);
    expect(bench.deadLines()).toEqual([]);
    for (const { id } of first.journal.runs(10)) await bench.takeBack(id);
    expect(bench.files()).toEqual(before);
    expect(first.journal.lost()).toEqual([]);
  },
);
