import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanUp } from '../../src/views/cleanup.ts';
import { tryLock } from '../../src/system/lock.ts';
import { createHouse, type HouseOptions } from '../helpers/house.ts';
import { createUndoBench } from '../engine/undo-bench.ts';

const old = new Date(Date.UTC(2026, 10, 20));

/** A library with one leftover of each kind, and the user's own things beside each. */
async function houseWithLeftovers(answers: HouseOptions['answers'] = []) {
  const house = createHouse({ answers });
  const library = house.paths.output;
  const put = (path: string, text = 'bytes'): string => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    utimesSync(path, old, old);
    return path;
  };
  const bench = createUndoBench({ library, store: house.store });
  await bench.run(async ({ publish, trash }) => {
    await publish('Gone/song.mp3', '1');
    await trash('Gone/song.mp3');
  });
  mkdirSync(join(library, 'Gone'), { recursive: true });
  const hidden = join(library, '.harmoni');
  const going = [
    dirname(put(join(hidden, '0123456789abcdef', 'part.webm'))),
    put(join(library, 'Mix', '.harmoni-0123456789ab.tmp')),
    put(join(house.paths.data, 'backups', '.harmoni-20261120-000000-000-7.part')),
    join(library, 'Gone'),
  ];
  const staying = [
    put(join(library, 'Mix', 'my.tmp')),
    put(join(library, 'Mix', 'song.part')),
    put(join(hidden, 'my folder', 'x')),
    put(join(house.folder, 'elsewhere', 'x')),
  ];
  const fresh = join(library, 'Mix', '.harmoni-0123456789ac.tmp');
  writeFileSync(fresh, 'being written');
  const nowMs = house.clock.now() / 1_000;
  utimesSync(fresh, nowMs, nowMs);
  mkdirSync(join(library, 'My empty folder'));
  symlinkSync(join(house.folder, 'elsewhere'), join(hidden, 'fedcba9876543210'));
  mkdirSync(join(hidden, 'aaaaaaaaaaaaaaaa'));
  const alive = tryLock(join(hidden, 'aaaaaaaaaaaaaaaa', 'lock'));
  house.store.searches.save('youtube', 'song', 'q', ['answer']);
  house.clock.pass(8 * 24 * 3_600_000);
  utimesSync(fresh, house.clock.now() / 1_000, house.clock.now() / 1_000);
  const parts = { ...house, paths: { ...house.paths, config: join(house.folder, 'config.json') } };
  const remaining = [...staying, fresh, join(library, 'My empty folder'), join(hidden, 'aaaaaaaaaaaaaaaa')];
  return { house, parts, going, remaining, alive };
}

test('cleaning up removes on a yes what HARMONI left behind, and nothing else', async () => {
  const { parts, house, going, remaining, alive } = await houseWithLeftovers([{ confirm: true }]);
  const end = await cleanUp(parts, { yes: false, dryRun: false });
  expect(end?.removed.map(({ kind, many }) => [kind, many])).toEqual([
    ['work', 1],
    ['temporary', 2],
    ['empty', 1],
    ['searches', 1],
  ]);
  expect(going.filter((path) => existsSync(path))).toEqual([]);
  expect(remaining.filter((path) => !existsSync(path))).toEqual([]);
  expect(readdirSync(join(house.paths.output, '.harmoni', 'trash'))).toHaveLength(1);
  expect(house.printed.slice(0, 2)).toEqual([
    '1 work folder of a download that was stopped (5 bytes)',
    `  ${join('.harmoni', '0123456789abcdef')}`,
  ]);
  expect(await cleanUp(parts, { yes: false, dryRun: false })).toEqual({ found: [], removed: [] });
  alive?.release();
});

test('a preview and a no remove nothing', async () => {
  const { parts, going, alive } = await houseWithLeftovers([{ confirm: false }]);
  expect((await cleanUp(parts, { yes: false, dryRun: true }))?.found).toHaveLength(4);
  expect(await cleanUp(parts, { yes: false, dryRun: false })).toBeUndefined();
  expect(going.filter((path) => !existsSync(path))).toEqual([]);
  alive?.release();
});
