import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../helpers/child-program.ts';
import { createRandom, testSeed } from '../helpers/random.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { createOrganiseBench, templates, type OrganiseBench } from './organise-bench.ts';

const url = new URL('programs/organise-library.ts', import.meta.url);
const random = createRandom(testSeed);
const template = templates['artist-album'] ?? '';
const songCount = 30;

/** Two lists that share every third song by a link, lyrics, and songs that change places with one another. */
function library(): OrganiseBench {
  const bench = createOrganiseBench({ library: tempFolder(), data: tempFolder() });
  const one: string[] = [];
  const two: string[] = [];
  for (let number = 1; number <= songCount; number += 1) {
    const facts = { title: `Song ${number}`, artist: `A${number % 4}`, album: 'Album', trackNumber: number };
    const name = `${facts.artist} - ${facts.title}.opus`;
    bench.song(`One/${name}`, facts);
    one.push(`One/${name}`);
    if (number % 3 === 0) {
      bench.link(`One/${name}`, `Two/${name}`, facts);
      two.push(`Two/${name}`);
    }
    if (number % 5 === 0) bench.put(`One/${facts.artist} - ${facts.title}.lrc`, `words ${number}`);
  }
  for (const [title, other] of [
    ['X', 'Y'],
    ['Y', 'Z'],
    ['Z', 'X'],
  ]) {
    const facts = { title: title ?? '', artist: 'C', album: 'Circle' };
    bench.song(`C/Circle/${other}.mp3`, facts);
    two.push(`C/Circle/${other}.mp3`);
  }
  bench.list('One', 'One/One.m3u8', one);
  bench.list('Two', 'Two/Two.m3u8', two);
  return bench;
}

async function killIn(bench: OrganiseBench, verb: 'organise' | 'undo', what: string): Promise<boolean> {
  const program = startProgram(url, [verb, bench.data, bench.library, what]);
  await program.line();
  const kill = setTimeout(() => program.child.kill('SIGKILL'), random.between(0, 700));
  const code = await program.ended;
  clearTimeout(kill);
  return code === 0;
}

/** What every file below the library says, wherever it lies. */
const everything = (bench: OrganiseBench): Set<string> =>
  new Set(
    readdirSync(bench.library, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  );

/** Each song lies where it was or where it goes, or on its way, and is whole. */
function expectNothingLost(
  bench: OrganiseBench,
  before: Record<string, string>,
  after: Record<string, string>,
): void {
  const texts = everything(bench);
  for (const [path, text] of Object.entries(before))
    if (!path.endsWith('.m3u8')) expect(texts).toContain(text);
  for (const [path, text] of Object.entries(bench.files())) {
    if (path.endsWith('.m3u8') || / moving \(\d+\)/.test(path)) continue;
    expect([before[path], after[path]], path).toContain(text);
  }
}

async function expected(): Promise<{ before: Record<string, string>; after: Record<string, string> }> {
  const bench = library();
  const before = bench.files();
  await bench.organise(await bench.look(template));
  return { before, after: bench.files() };
}

test.each(Array.from({ length: 20 }, (_, at) => at + 1))(
  `organizing that is killed at a random moment loses nothing, and is finished or taken back (%i) (seed ${testSeed})`,
  async (number) => {
    const { before, after } = await expected();
    const bench = library();
    const hasEnded = await killIn(bench, 'organise', template);
    expectNothingLost(bench, before, after);
    const run = bench.store.journal.runs(1)[0]?.id;
    if (number % 2 === 0 && run !== undefined) {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        if (await killIn(bench, 'undo', String(run))) break;
        expectNothingLost(bench, before, after);
      }
      // A run that was killed before its first step is forgotten.
      if (bench.store.journal.run(run) !== undefined) await bench.undo(run);
      expect(bench.files()).toEqual(before);
    } else {
      if (!hasEnded) await bench.organise(await bench.look(template));
      expect(bench.files()).toEqual(after);
    }
    expect(bench.store.journal.lost()).toEqual([]);
  },
);
