import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../app.ts';
import { configPathOf, dataDirOf } from '../config/config-path.ts';
import { HarmoniError } from '../errors.ts';
import { peek } from '../system/database.ts';
import { once } from '../system/once.ts';
import { ownPrompter } from '../ui/own-terminal.ts';
import { openMenuLoop } from './menu.ts';
import { resumeItems } from './resume-items.ts';

/**
 * The menu loop of `npm start`. Returns the exit code. The menu is painted before anything else is loaded, and what an
 * item needs is loaded when it is chosen: a start must feel like none.
 */
export async function openMenu(): Promise<number> {
  const { env } = process;
  const prompter = ownPrompter(env);
  if (prompter === undefined) {
    throw new HarmoniError('usage', 'The menu needs a terminal.', {
      fix: 'Run it in a terminal (docker compose run --rm harmoni), or use a command: harmoni --help.',
    });
  }
  const app = once(async (): Promise<App> => (await import('../app.ts')).createApp({ env, prompter }));
  try {
    if (!existsSync(configPathOf(env))) {
      const { runFirstStart } = await import('./first-start.ts');
      if (!(await runFirstStart(await app()))) return 0;
    }
    // An interrupted download is offered first; looking for one costs a few milliseconds, loading the store many.
    const open = peek(join(dataDirOf(env), 'harmoni.db'), `SELECT 1 FROM jobs WHERE state = 'open'`);
    let loaded = open === undefined ? undefined : await app();
    // While the user reads the menu, the rest is loaded.
    const preload = setTimeout(() => void app().then((made) => (loaded = made)), preloadMs);
    await openMenuLoop(
      prompter,
      'HARMONI',
      () => [
        ...(loaded === undefined ? [] : resumeItems(loaded)),
        {
          name: 'Downloads',
          description: 'Songs from Spotify, a playlist file, a link or a name.',
          run: async () => (await import('./downloads.ts')).openDownloadsMenu(await app()),
        },
        {
          name: 'Tools',
          description: 'Check this machine, read the log, get help.',
          run: async () => (await import('./tools.ts')).openToolsMenu(await app()),
        },
        {
          name: 'Config',
          description: 'See, change and check the settings.',
          run: async () => (await import('./config.ts')).openConfigMenu(await app()),
        },
      ],
      'Exit',
    );
    clearTimeout(preload);
    return 0;
  } finally {
    if (app.made()) await (await app()).close();
  }
}

/** After the first paint, and before anybody has chosen. */
const preloadMs = 500;
