import { recipeKinds, type RecipeKind } from '../automation/recipes.ts';
import { overriddenBy } from '../config/environment.ts';
import { parseTyped } from '../config/parse-value.ts';
import type { Config } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import type { Store } from '../history/store.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { recipeHere, type RecipeParts } from '../views/recipe.ts';
import { nextRuns, nextRunText, scheduleOf } from '../views/schedule-text.ts';
import { holderText } from '../engine/take-turn.ts';
import { openMenuLoop, type MenuItem } from './menu.ts';

export type ScheduleMenuParts = RecipeParts & {
  readonly configStore: Pick<ConfigStore, 'set'>;
  readonly config: Pick<Config, 'sync_schedule'>;
  readonly store: Pick<Store, 'turns'>;
  readonly prompter: Prompter;
  readonly clock: { now(): number };
  readonly output: { raw(text: string): void };
};

/** Automation → Schedule: the item that leads to it. */
export function scheduleItem(parts: ScheduleMenuParts): MenuItem {
  const schedule = scheduleOf(parts.config);
  const nowMs = parts.clock.now();
  return {
    name: 'Schedule',
    description:
      schedule === undefined
        ? 'Keep playlists in sync on your own schedule, such as every night.'
        : `${parts.config.sync_schedule}. Next run ${nextRunText(schedule.next(nowMs), nowMs)}.`,
    opensMenu: true,
    run: () => openScheduleMenu(parts),
  };
}

async function openScheduleMenu(parts: ScheduleMenuParts): Promise<void> {
  showSchedule(parts);
  await openMenuLoop(parts.prompter, 'Schedule', () => [
    {
      name: scheduleOf(parts.config) === undefined ? 'Set a schedule' : 'Change the schedule',
      description: 'In plain words, or as a cron expression.',
      run: () => setSchedule(parts),
    },
    ...(scheduleOf(parts.config) === undefined
      ? []
      : [{ name: 'Turn it off', run: () => saveSchedule(parts, 'off') }]),
    {
      name: 'Run it in the background',
      description: 'Show what to install on this machine, a NAS or a server.',
      run: () => showRecipe(parts),
    },
  ]);
}

/** Runs shown. */
const shownRuns = 3;

function showSchedule({ config, clock, prompter, store }: ScheduleMenuParts): void {
  const schedule = scheduleOf(config);
  const nowMs = clock.now();
  if (schedule === undefined) {
    prompter.say('No schedule is set.');
    return;
  }
  prompter.say(`Schedule: ${config.sync_schedule}`);
  for (const atMs of nextRuns(schedule, nowMs, shownRuns)) prompter.say(`  ${nextRunText(atMs, nowMs)}`);
  const watcher = store.turns.holder('watch');
  if (watcher !== undefined) prompter.say(`harmoni watch is running, ${holderText(watcher, nowMs)}.`, 'ok');
  else
    prompter.say(
      "harmoni watch isn't running. To have it start on its own, choose Run it in the background.",
      'warn',
    );
}

async function setSchedule(parts: ScheduleMenuParts): Promise<void> {
  const words = await parts.prompter.input({
    message: 'When should playlists be synced?',
    default: scheduleOf(parts.config) === undefined ? 'daily at 03:30' : parts.config.sync_schedule,
    validate: (text) => {
      const checked = parseTyped('sync_schedule', text, 'It');
      return checked.ok ? true : checked.message;
    },
  });
  if (words !== back) await saveSchedule(parts, words);
}

async function saveSchedule(parts: ScheduleMenuParts, words: string): Promise<void> {
  await parts.configStore.set('sync_schedule', words);
  const variable = overriddenBy(parts.env).get('sync_schedule');
  if (variable !== undefined) parts.prompter.say(`${variable} is set and overrides it.`, 'warn');
  showSchedule(parts);
  if (parts.store.turns.holder('watch') !== undefined)
    parts.prompter.say('The watch that is running takes it over when it starts again, or on SIGHUP.');
}

const descriptions: Readonly<Record<RecipeKind, string>> = {
  systemd: 'Linux. A timer starts each sync.',
  cron: 'Linux, macOS and most NAS. A line for crontab.',
  launchd: 'macOS. It keeps harmoni watch running.',
  windows: 'Windows. A task that keeps harmoni watch running.',
  docker: 'A container that keeps playlists in sync.',
};

async function showRecipe(parts: ScheduleMenuParts): Promise<void> {
  const choices = recipeKinds.map((kind) => ({ value: kind, name: kind, description: descriptions[kind] }));
  const kind = await parts.prompter.select<RecipeKind>({ message: 'What should start the syncs?', choices });
  if (kind === back) return;
  const { how, files } = recipeHere(parts, kind);
  for (const { name, text } of files) {
    parts.prompter.say(`${name}:`, 'accent');
    parts.output.raw(`${text}\n`);
  }
  parts.prompter.say(how);
}
