import { copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planUndo, undo } from '../../../src/engine/undo.ts';
import { settleLost } from '../../../src/history/settle.ts';
import { openStore } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { untaggedFile } from '../../downloads/sounds.ts';
import { startProgram } from '../../helpers/child-program.ts';
import { createRandom, testSeed } from '../../helpers/random.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { openTestStore } from '../../history/set-up.ts';
import { enrichAll, scanAll, sha256Of } from './bench.ts';

const url = new URL('../programs/enrich-library.ts', import.meta.url);
const random = createRandom(testSeed);
const formats = ['mp3', 'm4a', 'opus', 'flac', 'ogg', 'wav'] as const;
const kills = 20;
const config = { trash_days: 30, file_name_template: '{list}/{artist} - {track}' };

/** Starts a HARMONI and kills it at some moment, if it lasts that long. */
async function killIn(verb: 'enrich' | 'undo', data: string, library: string, run: number): Promise<void> {
  const program = startProgram(url, [verb, data, library, String(run)]);
  await program.line();
  const kill = setTimeout(
    () => program.child.kill('SIGKILL'),
    random.between(0, verb === 'undo' ? 150 : 2_500),
  );
  await program.ended;
  clearTimeout(kill);
}

/** Some songs in each format, of which two have a second name. */
async function makeLibrary(library: string): Promise<readonly string[]> {
  const paths: string[] = [];
  mkdirSync(join(library, 'Other'), { recursive: true });
  for (const format of formats) {
    for (const number of [1, 2, 3]) {
      const path = join(library, `${number}.${format}`);
      if (number === 1) await untaggedFile(format, path);
      else copyFileSync(join(library, `1.${format}`), path);
      paths.push(path);
    }
  }
  for (const path of paths.slice(0, 2)) {
    const twin = join(library, 'Other', path.slice(library.length + 1));
    linkSync(path, twin);
    paths.push(twin);
  }
  return paths;
}

test(`songs whose tags are written, or taken back, by HARMONIs that are killed are as before or as after (seed ${testSeed})`, async () => {
  const [library, model, data] = [tempFolder(), tempFolder(), tempFolder()];
  const paths = await makeLibrary(library);
  for (const format of formats) copyFileSync(join(library, `1.${format}`), join(model, `1.${format}`));
  const before = paths.map(sha256Of);
  await enrichAll(openTestStore(), model);
  const after = paths.map((path) => sha256Of(join(model, `1.${path.split('.').at(-1) ?? ''}`)));
  expect(after).not.toEqual(before);
  const isWhole = (): boolean =>
    paths.map(sha256Of).every((hash, index) => [before[index], after[index]].includes(hash));

  let halfways = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    await killIn('enrich', data, library, 0);
    expect(isWhole()).toBe(true);
    const now = paths.map(sha256Of);
    if (now.some((hash, index) => hash === before[index]) && now.join() !== before.join()) halfways += 1;
    const store = openStore(data, systemClock);
    await settleLost(store);
    const runs = store.journal.runs(9).filter(({ kind, open }) => kind === 'enrich' && open > 0);
    store.close();
    for (const { id } of runs) {
      await killIn('undo', data, library, id);
      expect(isWhole()).toBe(true);
    }
  }

  // Kills that hit nothing would show nothing.
  expect(halfways).toBeGreaterThan(0);
  const store = openTestStore(data);
  const end = await enrichAll(store, library);
  expect(end.stoppedBy).toBeUndefined();
  expect(paths.map(sha256Of)).toEqual(after);
  const parts = { store, clock: systemClock, config, log: { write: () => undefined } };
  const { signal } = new AbortController();
  const open = store.journal.runs(100).filter(({ kind, open: many }) => kind === 'enrich' && many > 0);
  for (const { id } of open) {
    const { changes } = await undo(parts, await planUndo(parts, id), { signal, onProgress: () => undefined });
    expect(changes.filter(({ obstacle }) => obstacle !== undefined)).toEqual([]);
  }
  expect(paths.map(sha256Of)).toEqual(before);
  expect(store.journal.lost()).toEqual([]);
  await scanAll(store, library);
  expect(paths.filter((path) => store.files.get(path)?.isChanged === true)).toEqual([]);
}, 600_000);
