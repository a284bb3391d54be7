import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createRandom, testSeed } from '../helpers/random.ts';
import { createWorld, exportifyCsv, finished, makeTracks, type World } from '../helpers/world.ts';

const tracks = makeTracks(4, { fromMs: 4_000, stepMs: 50 });
const random = createRandom(testSeed);
let world: World;

beforeAll(async () => {
  world = await createWorld({ tracks });
  writeFileSync(join(world.folder, 'Mix.csv'), exportifyCsv(tracks));
});
afterAll(() => world.close());

/** What is in the library by path, without what HARMONI hides there. */
function library(): Record<string, string> {
  const files = readdirSync(world.music, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !`${entry.parentPath}/${entry.name}`.includes('/.harmoni'),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return Object.fromEntries(
    paths.map((path) => [
      path.slice(world.music.length + 1),
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );
}

const historySchema = z.object({
  runs: z.array(z.object({ id: z.number(), kind: z.string(), undone: z.boolean() })),
});
const download = ['download', 'Mix.csv', '--yes', '--json'];
const presentSchema = z.object({ summary: z.object({ done: z.number(), present: z.number() }) });

test(`a download that replaces songs and is killed is undone, and so is the first (seed ${testSeed})`, async () => {
  await world.run(download);
  const before = library();
  expect(Object.keys(before)).toHaveLength(5);
  const child = world.start([...download, '--reformat', '--format', 'mp3']);
  const end = finished(child);
  const hasNew = (): boolean => Object.keys(library()).some((path) => path.endsWith('.mp3'));
  // From the first replaced song on, at any moment until all are.
  while (!hasNew() && child.exitCode === null) await new Promise((next) => setTimeout(next, 2));
  await new Promise((next) => setTimeout(next, random.between(0, 400)));
  child.kill('SIGKILL');
  await end;
  expect(library()).not.toEqual(before);

  const undone = await world.run(['undo', '--yes', '--json']);
  expect(undone.exitCode).toBe(0);
  expect(library()).toEqual(before);
  // It isn't offered for resume anymore, and the index knows the songs that are back.
  const again = await world.run(download);
  expect(presentSchema.parse(again.json()).summary).toEqual({ done: 0, present: 4 });

  const first = await world.run(['undo', '--yes', '--json']);
  expect(first.exitCode).toBe(0);
  expect(library()).toEqual({});
  const { runs } = historySchema.parse((await world.run(['history', '--json'])).json());
  expect(runs.map(({ kind, undone: isUndone }) => [kind, isUndone])).toEqual([
    ['undo', false],
    ['undo', false],
    ['download', true],
    ['download', true],
  ]);
});
