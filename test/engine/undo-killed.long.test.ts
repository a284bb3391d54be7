import { expect, test } from 'vitest';
import { startProgram } from '../helpers/child-program.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createUndoBench, type UndoBench } from './undo-bench.ts';

const url = new URL('programs/change-library.ts', import.meta.url);
const random = createRandom(testSeed);

/** Starts a HARMONI and kills it at some moment of its work, if it lasts that long. Returns whether it ended before. */
async function killIn(bench: UndoBench, verb: 'make' | 'undo', run: number): Promise<boolean> {
  const program = startProgram(url, [verb, bench.data, bench.library, String(run)]);
  await program.line();
  const kill = setTimeout(() => program.child.kill('SIGKILL'), random.between(0, 250));
  const code = await program.ended;
  clearTimeout(kill);
  return code === 0;
}

async function firstRun(): Promise<UndoBench> {
  const bench = createUndoBench({ library: tempFolder() });
  await bench.run(async ({ publish, playlist }) => {
    for (let number = 0; number < 30; number += 1) await publish(`Mix/${number}`, `song ${number}`);
    await playlist('Mix/Mix.m3u8', 'all');
  });
  return bench;
}

test.each([1, 2, 3, 4, 5, 6])(
  `a download that is killed at a random moment is taken back, by undos that are killed too (%i) (seed ${testSeed})`,
  async () => {
    const bench = await firstRun();
    const before = bench.files();
    await killIn(bench, 'make', 0);
    const made = bench.store.journal.runs(1)[0]?.id ?? 0;
    if (made > 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const hasEnded = await killIn(bench, 'undo', made);
        // Whatever the moment, each song is in the library or in the trash, and whole.
        const everything = new Set([...Object.values(bench.files()), ...bench.trashed()]);
        for (const text of Object.values(before).filter((one) => one !== 'all')) {
          expect(everything).toContain(text);
        }
        if (hasEnded) break;
      }
      // A download that was killed before its first change is forgotten.
      const isForgotten = await bench.undo(made).then(
        () => false,
        (error: unknown) => {
          if (!/There's no run/.test(String(error))) throw error;
          return true;
        },
      );
      if (!isForgotten) expect((await bench.plan(made)).changes).toEqual([]);
    }
    expect(bench.files()).toEqual(before);
    expect(bench.store.journal.lost()).toEqual([]);
  },
);
