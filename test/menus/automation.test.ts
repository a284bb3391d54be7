import { expect, test } from 'vitest';
import { openAutomationMenu, type AutomationMenuParts } from '../../src/menus/automation.ts';
import { back } from '../../src/ui/prompter.ts';
import { createHouse, songOf, type HouseOptions } from '../helpers/house.ts';

const none = (): never => {
  throw new Error('Not needed here.');
};

/** A house that follows one list, which was synced. */
function houseOf(options: HouseOptions = {}) {
  const house = createHouse(options);
  const { store, config } = house;
  const list = { library: config.output_dir, origin: 'file:1', name: 'Mix', input: '/x/Mix.csv' };
  const { id } = store.followed.follow({ ...list, whenRemoved: 'trash' });
  const entries = [{ track: songOf('Amber', 'One'), isThere: true }];
  store.followed.setSynced(id, { name: 'Mix', snapshot: 'sha256:1' }, entries);
  const saved: [string, unknown][] = [];
  const parts: AutomationMenuParts = {
    ...house,
    readLine: () => Promise.resolve(undefined),
    paths: { ...house.paths, config: 'config.json' },
    readSettings: none,
    closeStore: none,
    spotify: {
      client: none,
      signIn: none,
    },
    configStore: {
      path: 'config.json',
      read: none,
      set: (key, value) => {
        saved.push([key, value]);
        Object.assign(config, { [key]: value });
        return Promise.resolve({ key: 'sync_schedule', value: String(value), before: '' });
      },
    },
  };
  return { ...house, parts, id, saved };
}

test('a schedule is set in words, its next runs are shown, and it is turned off', async () => {
  const { parts, prompter, saved } = houseOf({
    answers: [
      { select: 'Schedule' },
      { select: 'Set a schedule' },
      { input: 'Mondays at 4' },
      { select: 'Turn it off' },
      { select: back },
      { select: back },
    ],
  });
  await openAutomationMenu(parts);
  expect(saved).toEqual([
    ['sync_schedule', 'Mondays at 4'],
    ['sync_schedule', 'off'],
  ]);
  expect(prompter.said.filter((line) => line !== '')).toEqual([
    'No schedule is set.',
    'Schedule: Mondays at 4',
    expect.stringMatching(/^ {2}in .+ \(Mon 04:00\)$/),
    expect.stringMatching(/^ {2}in 9 days \(Mon 30 Nov 04:00\)$/),
    expect.stringMatching(/^ {2}in 16 days \(Mon 7 Dec 04:00\)$/),
    "harmoni watch isn't running. To have it start on its own, choose Run it in the background.",
    'No schedule is set.',
  ]);
});

test('a recipe is shown as it is to be installed', async () => {
  const { parts, printed } = houseOf({
    answers: [
      { select: 'Schedule' },
      { select: 'Run it in the background' },
      { select: 'docker' },
      { select: back },
      { select: back },
    ],
  });
  await openAutomationMenu(parts);
  expect(printed.join('')).toMatch(/^HARMONI_SYNC_SCHEDULE='daily at 03:30'\nTZ=\S+\n$/);
});

test('what was synced is forgotten on a yes, and the lists stay followed', async () => {
  const { parts, store, config, id } = houseOf({
    answers: [
      { select: 'Forget what was synced' },
      { confirm: false },
      { select: 'Forget what was synced' },
      { confirm: true },
      { select: back },
    ],
  });
  await openAutomationMenu(parts);
  expect(store.followed.entries(id)).toEqual([]);
  expect(store.followed.all(config.output_dir)).toMatchObject([
    { name: 'Mix', whenRemoved: 'trash', snapshot: undefined, syncedAt: undefined },
  ]);
});
