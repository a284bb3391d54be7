import { Option, type Command } from 'commander';
import { recipeKinds, type RecipeKind } from '../automation/recipes.ts';
import type { ScheduleParts } from './schedule.ts';
import type { WatchParts } from '../views/watch.ts';

export interface WatchFlags {
  readonly catchUp?: boolean;
  readonly health?: boolean;
  readonly print?: RecipeKind;
}

/** watch, schedule. */
export function addWatchCommands(
  program: Command,
  withApp: (
    run: (app: WatchParts & ScheduleParts, flags: WatchFlags) => Promise<number>,
  ) => (...given: unknown[]) => Promise<void>,
): void {
  program
    .command('watch')
    .description('keep running, and sync followed playlists by the schedule and when their files change')
    .option('--no-catch-up', "don't make up for a run that was missed")
    .option('--health', 'check that a watch is running, for a health check')
    .action(
      withApp(async (app, { health = false, catchUp = true }) => {
        const { runWatch, runWatchHealth } = await import('./watch.ts');
        return health ? runWatchHealth(app) : runWatch(app, { catchUp, random: Math.random });
      }),
    );

  program
    .command('schedule')
    .description('show when playlists are synced, and how to have it run on its own')
    .addOption(new Option('--print <kind>', 'print what to install, and how').choices([...recipeKinds]))
    .action(
      withApp(async (app, { print }) => {
        const { runSchedule } = await import('./schedule.ts');
        return runSchedule(app, print);
      }),
    );
}
