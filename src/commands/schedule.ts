import type { RecipeKind } from '../automation/recipes.ts';
import { recipeHere } from '../views/recipe.ts';
import { nextRuns, nextRunText, scheduleOf } from '../views/schedule-text.ts';
import { holderText } from '../engine/take-turn.ts';
import { lastSyncText } from '../views/summary-text.ts';
import type { WatchParts } from '../views/watch.ts';

export type ScheduleParts = Pick<
  WatchParts,
  'output' | 'progress' | 'clock' | 'config' | 'store' | 'env' | 'paths'
>;

/** How many runs are shown. */
const shownRuns = 3;

/** harmoni schedule [--print KIND]. Returns the exit code. */
export function runSchedule(parts: ScheduleParts, print: RecipeKind | undefined): Promise<number> {
  return Promise.resolve(print === undefined ? showSchedule(parts) : printRecipe(parts, print));
}

function showSchedule({ output, clock, config, store }: ScheduleParts): number {
  const nowMs = clock.now();
  const schedule = scheduleOf(config);
  const runs = schedule === undefined ? [] : nextRuns(schedule, nowMs, shownRuns);
  const last = store.syncs.last(config.output_dir);
  const watcher = store.turns.holder('watch');
  if (schedule === undefined)
    output.say('No schedule is set. To set one: harmoni config set sync_schedule "daily at 03:30"');
  else {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    output.say(`Schedule: ${config.sync_schedule} (time zone ${zone})`);
    for (const atMs of runs) output.say(`  ${nextRunText(atMs, nowMs)}`);
  }
  if (last !== undefined) output.say(`${lastSyncText(last, nowMs)}.`);
  if (watcher !== undefined) output.say(`harmoni watch is running, ${holderText(watcher, nowMs)}.`);
  else if (schedule !== undefined) {
    output.lines([
      { text: "harmoni watch isn't running.", tone: 'warn' },
      {
        text: 'Start it, or let this machine start the syncs: harmoni schedule --print systemd (or cron, launchd, windows, docker).',
      },
    ]);
  }
  output.document({
    schedule: schedule === undefined ? null : config.sync_schedule,
    cron: schedule?.cron ?? null,
    next: runs.map((atMs) => new Date(atMs).toISOString()),
    last: last ?? null,
    watching: watcher === undefined ? null : { ...watcher, since: new Date(watcher.since).toISOString() },
  });
  return 0;
}

/** What is to be installed goes to stdout, and how to install it to who reads along. */
function printRecipe(parts: ScheduleParts, kind: RecipeKind): number {
  const { output, progress } = parts;
  const { how, files } = recipeHere(parts, kind);
  const [first, second] = files;
  progress.print(second === undefined && first !== undefined ? `${first.name}: ${how}` : how);
  output.raw(
    files.map(({ name, text }) => (second === undefined ? text : `# ${name}\n${text}`)).join('\n\n'),
  );
  output.document({ kind, how, files });
  return 0;
}
