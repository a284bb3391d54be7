import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runHistory, runUndo } from '../../src/commands/history.ts';
import { openHistoryMenu } from '../../src/menus/history.ts';
import { runTime } from '../../src/views/history-text.ts';
import { back } from '../../src/ui/prompter.ts';
import { createUndoBench } from '../engine/undo-bench.ts';
import { createHouse, type HouseOptions } from '../helpers/house.ts';

/** A house whose library has one run, of one song and its playlist file. */
async function houseWithRun(answers: HouseOptions['answers'] = []) {
  const house = createHouse({ answers });
  const bench = createUndoBench({ library: house.paths.output, store: house.store });
  const run = await bench.run(async ({ publish, playlist }) => {
    await publish('Mix/One.mp3', '1');
    await playlist('Mix/Mix.m3u8', 'One.mp3');
  });
  return { house, bench, run, song: bench.at('Mix/One.mp3') };
}

const runLine = ({ clock, store }: ReturnType<typeof createHouse>): string => {
  const [run] = store.journal.runs(1);
  return `${runTime({ startedAt: run?.startedAt ?? 0 }, clock.now())}  Download of Mix`;
};

test('the menu shows the runs and their files, and takes one back on a yes', async () => {
  const probe = await houseWithRun();
  const line = runLine(probe.house);
  const { house, song } = await houseWithRun([
    { select: line },
    { select: 'Show the files' },
    { select: 'Undo this' },
    { confirm: true },
    { select: back },
  ]);
  await openHistoryMenu(house);
  expect(house.printed).toEqual([
    'new       Mix/One.mp3',
    'playlist  Mix/Mix.m3u8',
    expect.stringMatching(/^Run 1: Download of Mix, /),
    '  1 file to the trash',
    '  1 playlist removed',
    'Undone.',
    '  1 file to the trash',
    '  1 playlist removed',
    'To take this back, run harmoni undo 2.',
  ]);
  expect(existsSync(song)).toBe(false);
});

test('a no leaves everything, and an empty history says so', async () => {
  const { house, song, run } = await houseWithRun([{ confirm: false }]);
  expect(await runUndo(house, run, { yes: false, dryRun: false })).toBe(130);
  expect(existsSync(song)).toBe(true);
  const empty = createHouse();
  await openHistoryMenu(empty);
  expect(empty.prompter.said).toEqual(["HARMONI hasn't changed your library yet."]);
  expect(await runUndo(empty, undefined, { yes: true, dryRun: false })).toBe(0);
  expect(empty.printed).toEqual(["There's nothing to undo."]);
});

test('undo tells as a document what it did, what it would do, and what was left alone', async () => {
  const { house, bench, run, song } = await houseWithRun();
  await runUndo(house, undefined, { yes: false, dryRun: true });
  await bench.run(({ replace }) => replace('Mix/One.mp3', 'the better one'));
  expect(await runUndo(house, run, { yes: true, dryRun: false })).toBe(1);
  expect(house.documents).toMatchObject([
    { dryRun: true, undo: null, files: [{ action: 'remove' }, { path: song, action: 'trash' }] },
    {
      dryRun: false,
      undo: 3,
      files: [{ action: 'remove' }, { action: 'left', reason: 'changed since then' }],
    },
  ]);
});

test('history lists runs and files, and refuses a number that is none', async () => {
  const { house, run, song } = await houseWithRun();
  await runHistory(house, undefined);
  await runHistory(house, run);
  expect(house.printed[0]).toMatch(/^1 {2}.* {2}Download of Mix: 1 new, 1 playlist$/);
  expect(house.documents).toMatchObject([
    { runs: [{ id: 1, kind: 'download', counts: { publish: 1, playlist: 1 }, undone: false }] },
    { id: 1, files: [{ path: song, kind: 'publish', state: 'done' }, { kind: 'playlist' }] },
  ]);
  await expect(runHistory(house, 99)).rejects.toThrow("There's no run 99.");
  await expect(runUndo(house, 99, { yes: true, dryRun: false })).rejects.toThrow("There's no run 99.");
});
