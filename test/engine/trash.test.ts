import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runTrash } from '../../src/commands/trash.ts';
import { runUndo } from '../../src/commands/history.ts';
import { findInTrash, readTrash, restoreFromTrash } from '../../src/engine/trash.ts';
import { renderM3u8 } from '../../src/downloads/m3u8.ts';
import { createChanges } from '../../src/history/changes.ts';
import { endRun } from '../../src/history/end-run.ts';
import { settleLost } from '../../src/history/settle.ts';
import { openStore } from '../../src/history/store.ts';
import { trustedTime } from '../../src/history/trusted-time.ts';
import { openTrashMenu } from '../../src/menus/trash.ts';
import { mustLookAt } from '../../src/system/file-facts.ts';
import { sha256 } from '../../src/system/files.ts';
import { trackKeys } from '../../src/tracks/identity.ts';
import { back } from '../../src/ui/prompter.ts';
import { createHouse, songOf, type HouseOptions } from '../helpers/house.ts';
import { mayMount, mountDisk } from '../helpers/small-disk.ts';
import { createUndoBench } from './undo-bench.ts';

const one = songOf('A', 'One');
const day = 24 * 3_600_000;

/** A library from which one song was moved to the trash, while its list still has it. */
async function houseWithTrash(answers: HouseOptions['answers'] = []) {
  const house = createHouse({ answers });
  const { store, paths } = house;
  const bench = createUndoBench({ library: paths.output, store });
  const song = bench.at('Mix/A - One.mp3');
  await bench.run(({ publish }) => publish('Mix/A - One.mp3', 'sound'));
  const file = store.files.get(song);
  if (file !== undefined) store.files.put(file, trackKeys(one));
  const list = { name: 'Mix', origin: 'file:mix', folder: 'own', tracks: [one], skipped: [] } as const;
  store.jobs.end(store.jobs.create([{ list, chosen: [true] }], {}).id);
  const playlist = bench.at('Mix/Mix.m3u8');
  const empty = renderM3u8(list, []);
  store.lists.add({ library: paths.output, origin: 'file:mix', name: 'Mix', label: 'Mix' });
  store.lists.setPlaylist(paths.output, 'file:mix', playlist, sha256(empty));
  writeFileSync(playlist, empty);
  const run = await bench.run(({ trash }) => trash('Mix/A - One.mp3'), 'sync');
  return { house, bench, song, playlist, run };
}

test('a song comes back to its place by its name, with its playlist file, as a run that can be undone', async () => {
  const { house, song, playlist, run } = await houseWithTrash();
  await runTrash(house, 'list', [], {});
  expect(house.printed[0]).toBe(`2026-11-21   5 bytes  Mix/A - One.mp3 (left its playlist in run ${run})`);
  expect(await runTrash(house, 'restore', ['a - one'], {})).toBe(0);
  expect(readFileSync(song, 'utf8')).toBe('sound');
  expect(house.store.files.get(song)).toMatchObject({ downloaded: true });
  expect(readFileSync(playlist, 'utf8')).toContain('\nA - One.mp3\n');
  expect(await readTrash(house)).toEqual([]);
  expect(await runUndo(house, undefined, { yes: true, dryRun: false })).toBe(0);
  expect(existsSync(song)).toBe(false);
  expect(await readTrash(house)).toMatchObject([{ to: song }]);
});

test('a song comes never over another file, and an unknown or doubtful name is told', async () => {
  const { house, bench, song } = await houseWithTrash();
  mkdirSync(dirname(song), { recursive: true });
  writeFileSync(song, 'mine');
  expect(await runTrash(house, 'restore', ['Mix/A - One.mp3'], {})).toBe(1);
  expect(house.printed).toContain('Left in the trash: Mix/A - One.mp3 (another file has its name now)');
  expect(readFileSync(song, 'utf8')).toBe('mine');
  await expect(runTrash(house, 'restore', ['Two'], {})).rejects.toThrow('"Two" isn\'t in the trash.');
  await bench.run(async ({ publish, trash }) => {
    await publish('Mix/B - One.mp3', 'other');
    await trash('Mix/B - One.mp3');
  });
  const items = await readTrash(house);
  expect(() => findInTrash(items, 'one')).toThrow(/could be any of/);
});

test('the trash is emptied on a yes alone, as far as it is old enough, and leaves what is not its own', async () => {
  const { house } = await houseWithTrash([{ confirm: false }]);
  const trash = join(house.paths.output, '.harmoni', 'trash');
  writeFileSync(join(trash, 'notes'), 'mine');
  expect(await runTrash(house, 'empty', [], {})).toBe(130);
  expect(await runTrash(house, 'empty', [], { yes: true, olderThan: 1 })).toBe(0);
  expect(await readTrash(house)).toHaveLength(1);
  house.clock.pass(3 * day);
  expect(await runTrash(house, 'empty', [], { yes: true, olderThan: 1 })).toBe(0);
  expect(await readTrash(house)).toEqual([]);
  expect(readFileSync(join(trash, 'notes'), 'utf8')).toBe('mine');
});

test("a file that the user put into the trash stays there, also when it's emptied by age", async () => {
  const { house, bench } = await houseWithTrash();
  const own = join(house.paths.output, '.harmoni', 'trash', '2026-11-21', 'Mix', 'mine.mp3');
  writeFileSync(own, 'mine');
  await runTrash(house, 'list', [], {});
  expect(house.printed.slice(0, 2).join()).toContain("Mix/mine.mp3 (not in HARMONI's history)");
  for (let month = 0; month < 12; month += 1) {
    house.clock.pass(31 * day);
    await bench.run(({ publish }) => publish(`Mix/${month}.mp3`, 'sound'));
    const changes = createChanges(house.store, { kind: 'download', title: '', library: house.paths.output });
    house.store.journal.seeToday();
    house.clock.pass(day);
    await endRun({ ...house, changes }, 30);
  }
  expect((await readTrash(house)).map(({ path }) => path)).toEqual([own]);
  expect(await runTrash(house, 'empty', [], { yes: true })).toBe(0);
  expect(house.printed.at(-1)).toBe(
    `Leaving ${own}: HARMONI's history doesn't know it. Delete it yourself if you don't need it.`,
  );
  expect(readFileSync(own, 'utf8')).toBe('mine');
});

test('the trash of a library that moved is emptied, too, and what comes in meanwhile stays', async () => {
  const { house } = await houseWithTrash();
  const moved = join(house.folder, 'moved');
  renameSync(house.paths.output, moved);
  const later = join(moved, '.harmoni', 'trash', '2026-11-21', 'Mix', 'later.mp3');
  const prompter = {
    confirm: async () => {
      writeFileSync(later, 'later');
      return true;
    },
  };
  const parts = { ...house, prompter, config: { ...house.config, output_dir: moved } };
  expect(await runTrash(parts, 'empty', [], {})).toBe(0);
  expect(house.printed.at(-1)).toBe('Deleted 1 file (5 bytes).');
  expect(readFileSync(later, 'utf8')).toBe('later');
});

test.runIf(mayMount)(
  "a file of the user's on another disk, with the same inode number, isn't taken for the song",
  async () => {
    const { house, song } = await houseWithTrash();
    const [item] = await readTrash(house);
    const kept = item?.path ?? '';
    using library = mountDisk(join(house.folder, 'one'), 1_000);
    using other = mountDisk(join(house.folder, 'two'), 1_000);
    // The trash and the folder of the list on two disks.
    rmSync(dirname(song), { recursive: true });
    symlinkSync(other.folder, dirname(song));
    rmSync(dirname(kept), { recursive: true });
    symlinkSync(library.folder, dirname(kept));
    writeFileSync(kept, 'sound');
    for (
      let number = 0;
      number < 1_000 && statSync(song, { throwIfNoEntry: false })?.ino !== statSync(kept).ino;
      number += 1
    ) {
      if (existsSync(song)) renameSync(song, join(other.folder, String(number)));
      writeFileSync(song, 'mine');
    }
    expect(statSync(song).ino).toBe(statSync(kept).ino);
    const items = [item].filter((one) => one !== undefined);
    const end = await restoreFromTrash(house, items, new AbortController().signal);
    expect(end.items).toMatchObject([{ obstacle: 'taken' }]);
    expect(readFileSync(kept, 'utf8')).toBe('sound');
  },
);

test.runIf(mayMount)('a trash that is read-only says so', async () => {
  const house = createHouse();
  using disk = mountDisk(house.paths.output, 100);
  const bench = createUndoBench({ library: house.paths.output, store: house.store });
  await bench.run(({ publish }) => publish('Mix/A - One.mp3', 'sound'));
  await bench.run(({ trash }) => trash('Mix/A - One.mp3'));
  disk.makeReadOnly();
  await expect(runTrash(house, 'empty', [], { yes: true })).rejects.toMatchObject({
    code: 'output-not-writable',
  });
});

test('a song whose HARMONI was killed when it came back is known again', async () => {
  const { house, song } = await houseWithTrash();
  const [item] = await readTrash(house);
  const other = openStore(house.paths.data, house.clock);
  const run = other.journal.begin({ kind: 'restore', title: 'One', library: house.paths.output });
  const after = await mustLookAt(item?.path ?? '');
  other.journal.plan(run, { kind: 'restore', path: song, after, entry: item?.step?.entry });
  linkSync(item?.path ?? '', song);
  other.close();
  await settleLost(house.store);
  expect(house.store.files.get(song)).toMatchObject({ downloaded: true });
  expect(house.store.journal.run(run)).toMatchObject({ counts: { restore: 1 }, isRunning: false });
});

test('Tools → Trash restores the songs that are chosen', async () => {
  const name = '2026-11-21  Mix/A - One.mp3';
  const { house, song } = await houseWithTrash([
    { select: 'Restore songs' },
    { pick: [name] },
    { select: 'Empty the trash' },
    { select: back },
  ]);
  await openTrashMenu(house);
  expect(existsSync(song)).toBe(true);
  expect(house.printed.at(-1)).toBe('The trash is empty.');
});

test('a clock that jumps makes nothing old until it has stood there for half a day', () => {
  const today = 1_000 * day;
  const daily = [3, 2, 1].map((ago) => today - ago * day);
  expect(trustedTime(daily, today)).toBe(today);
  // A month ahead: by the last day before, and still so an hour later.
  const ahead = today + 31 * day;
  expect(trustedTime(daily, ahead)).toBe(today - day);
  expect(trustedTime([...daily, ahead], ahead + 3_600_000)).toBe(today - day);
  expect(trustedTime([...daily, ahead], ahead + day)).toBe(ahead + day);
  expect(trustedTime([...daily, ahead], today)).toBe(today);
  expect(trustedTime([], today)).toBe(0);
});

test('an undo takes the song out of a playlist file that a later run wrote, too', async () => {
  const { house, bench, song, playlist } = await houseWithTrash();
  const { store, paths } = house;
  await runTrash(house, 'restore', ['Mix/A - One.mp3'], {});
  const add = await bench.run(async ({ publish, playlist: write }) => {
    await publish('Mix/A - Two.mp3', '2');
    await write('Mix/Mix.m3u8', 'as of the first run');
  });
  // A later run writes it anew.
  const later = renderM3u8({ name: 'Mix', origin: 'file:mix' }, [
    { path: 'A - Two.mp3', durationMs: undefined, artist: 'A', track: 'Two' },
  ]);
  await bench.run(({ playlist: write }) => write('Mix/Mix.m3u8', later));
  store.lists.setPlaylist(paths.output, 'file:mix', playlist, sha256(later));
  expect(await runUndo(house, add, { yes: true, dryRun: false })).toBe(0);
  expect(house.printed).toContain('  1 playlist brought up to date');
  expect(readFileSync(playlist, 'utf8')).toContain('\nA - One.mp3\n');
  expect(readFileSync(playlist, 'utf8')).not.toContain('Two');
  expect(existsSync(song)).toBe(true);
});

test('a trash that the user moved to another disk, with a link in its place, is still the trash', async () => {
  const { house, song } = await houseWithTrash();
  const trash = join(house.paths.output, '.harmoni', 'trash');
  const elsewhere = join(house.folder, 'elsewhere');
  renameSync(trash, elsewhere);
  symlinkSync(elsewhere, trash);
  expect(await readTrash(house)).toMatchObject([{ to: song, isOurs: true }]);
  expect(await runTrash(house, 'restore', ['a - one'], {})).toBe(0);
  expect(readFileSync(song, 'utf8')).toBe('sound');
});

test.runIf(mayMount)('an undo in a library that is read-only says so, and nothing has changed', async () => {
  const house = createHouse();
  using disk = mountDisk(house.paths.output, 1_000);
  const bench = createUndoBench({ library: house.paths.output, store: house.store });
  const run = await bench.run(async ({ publish, playlist }) => {
    await publish('Mix/A - One.mp3', 'sound');
    await playlist('Mix/Mix.m3u8', 'list');
  });
  disk.makeReadOnly();
  expect((await bench.undo(run)).stoppedBy).toMatchObject({ code: 'output-not-writable' });
  expect(bench.files()).toEqual({ 'Mix/A - One.mp3': 'sound', 'Mix/Mix.m3u8': 'list' });
  expect((await bench.plan(run)).changes.map(({ way }) => way).toSorted()).toEqual(['remove', 'trash']);
});
