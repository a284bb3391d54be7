import { dirname, join, resolve } from 'node:path';
import { recipeOf, type Recipe, type RecipeKind } from '../automation/recipes.ts';
import type { Config } from '../config/schema.ts';
import { HarmoniError } from '../errors.ts';
import { thisInstallation } from '../update/installation.ts';
import { scheduleOf } from './schedule-text.ts';

export interface RecipeParts {
  readonly config: Pick<Config, 'sync_schedule'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly paths: { readonly log: string };
}

/** Without a schedule, recipes are for this one. */
const usualSchedule = { cron: '30 3 * * *', words: 'daily at 03:30' };
/** What leads to the user's settings and folders, where it's set. */
const places = ['HARMONI_CONFIG', 'HARMONI_DATA_DIR', 'HARMONI_OUTPUT_DIR'];

/**
 * A recipe with the places of this machine.
 * @throws HarmoniError usage, where they're those of a container, or could be read as lines of their own
 */
export function recipeHere({ config, env, paths }: RecipeParts, kind: RecipeKind): Recipe {
  const schedule = scheduleOf(config);
  const chosen =
    schedule === undefined ? usualSchedule : { cron: schedule.cron, words: config.sync_schedule };
  const set = places.flatMap((name) => {
    const value = env[name] ?? '';
    return value === '' ? [] : [[name, resolve(value)] as const];
  });
  const program = kind === 'docker' ? [] : programHere(env);
  const log = join(dirname(paths.log), 'sync.log');
  if (kind !== 'docker' && /\p{Cc}/u.test([...program, ...set.flat(), log].join(''))) {
    const what = "A path with a line break or another control character can't be in a schedule.";
    throw new HarmoniError('usage', what, { fix: 'Rename the folder.' });
  }
  return recipeOf(kind, {
    ...chosen,
    program,
    env: Object.fromEntries(set),
    log,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    isWsl: process.platform !== 'win32',
  });
}

function programHere(env: RecipeParts['env']): readonly string[] {
  const installation = thisInstallation(env);
  switch (installation.kind) {
    case 'checkout':
    case 'folder':
      return [join(installation.folder, 'start.sh')];
    case 'docker':
      throw new HarmoniError('usage', 'HARMONI runs in a container here.', {
        fix: 'Use harmoni schedule --print docker.',
      });
    case 'npx':
      throw new HarmoniError('usage', "What npx runs isn't installed, so a schedule can't start it.", {
        fix: 'Install it first: npm install -g harmoni',
      });
    case 'npm':
    case 'package':
      return [process.execPath, resolve(process.argv[1] ?? '')];
  }
}
