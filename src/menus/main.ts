import { createApp } from '../app.ts';
import { HarmoniError } from '../errors.ts';
import { openMenuLoop } from './menu.ts';

/** The menu loop of `npm start`. Returns the exit code. What an item needs is loaded when it is chosen. */
export async function openMenu(): Promise<number> {
  const app = createApp({ env: process.env });
  if (!app.interactive) {
    throw new HarmoniError('usage', 'The menu needs a terminal.', {
      fix: 'Run it in a terminal (docker compose run --rm harmoni), or use a command: harmoni --help.',
    });
  }
  const { prompter } = app;
  try {
    if (app.isFirstStart) {
      const { runFirstStart } = await import('./first-start.ts');
      if (!(await runFirstStart(app))) return 0;
    }
    await openMenuLoop(
      prompter,
      'HARMONI',
      () => [
        {
          name: 'Downloads',
          description: 'Songs from a playlist file, a link or a name.',
          run: async () => (await import('./downloads.ts')).openDownloadsMenu(app),
        },
        {
          name: 'Tools',
          description: 'Check this machine, read the log, get help.',
          run: async () => (await import('./tools.ts')).openToolsMenu(app),
        },
        {
          name: 'Config',
          description: 'See, change and check the settings.',
          run: async () => (await import('./config.ts')).openConfigMenu(app),
        },
      ],
      'Exit',
    );
    return 0;
  } finally {
    await app.close();
  }
}
