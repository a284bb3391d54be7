import { existsSync } from 'node:fs';
import type { App } from '../app.ts';
import { looksBroken, looksOld } from '../config/config-file.ts';
import { configPathOf, dataDirOf } from '../config/config-path.ts';
import { HarmoniError } from '../errors.ts';
import { peekInterrupted } from '../history/interrupted.ts';
import { findOldFiles } from '../history/old-files.ts';
import { once, type Once } from '../system/once.ts';
import { currentWorkSignal } from '../system/work-signal.ts';
import { inMenu } from '../ui/menu-words.ts';
import { ownPrompter } from '../ui/own-terminal.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { createTellingPrompter } from '../ui/telling-prompter.ts';
import { openMenuLoop, type MenuItem } from './menu.ts';

/**
 * The menu loop of `npm start`. Returns the exit code. The menu is painted before anything else is loaded, and what an
 * item needs is loaded when it is chosen: a start must feel like none.
 */
export async function openMenu(): Promise<number> {
  const { env } = process;
  const terminal = ownPrompter(env, currentWorkSignal, inMenu);
  if (terminal === undefined) {
    throw new HarmoniError('usage', 'The menu needs a terminal.', {
      fix: 'Run it in a terminal (docker compose run --rm harmoni), or use a command. See harmoni --help.',
    });
  }
  const prompter = createTellingPrompter(terminal, () => news.take());
  const app = once(async (): Promise<App> => (await import('../app.ts')).createApp({ env, prompter }));
  const news = createConfigNews(env, app);
  try {
    // HARMONI_FIRST_START=1: in a container the file is made with the defaults before anybody was asked.
    if (!existsSync(configPathOf(env)) || env['HARMONI_FIRST_START'] === '1') {
      if (!(await startFirst(await app()))) return 0;
    }
    if (looksOld(configPathOf(env))) {
      const renewed = await (await app()).configStore.renew();
      if (renewed !== undefined) prompter.say(renewed, 'warn');
    }
    if (findOldFiles(dataDirOf(env)).length > 0) {
      const { takeOverOldFiles } = await import('../views/old-files.ts');
      await takeOverOldFiles(await app(), (text, tone) => prompter.say(text, tone));
    }
    // While the user reads the menu, the rest is loaded.
    const preload = setTimeout(() => void news.look(), preloadMs);
    const resumeItem = (): MenuItem[] => {
      const names = peekInterrupted(dataDirOf(env));
      if (names === undefined) return [];
      const run = async () => (await import('../views/resume.ts')).resumeDownload(await app(), undefined);
      return [{ name: 'Resume the interrupted download', description: names, run }];
    };
    await openMenuLoop(prompter, 'HARMONI', () => [...resumeItem(), ...mainItems(app)], {
      name: 'Exit',
      description: 'Quit HARMONI. Esc does the same.',
    });
    clearTimeout(preload);
    return 0;
  } finally {
    if (app.made()) await (await app()).close();
  }
}

/**
 * What happened to config.json with another program, to be told at the next list. It's read with all else that is loaded
 * while the user reads the first menu, and before that only where it can't be right.
 */
function createConfigNews(env: NodeJS.ProcessEnv, app: Once<Promise<App>>) {
  let waiting: readonly ToneLine[] = [];
  const look = async (): Promise<void> => {
    const { configStore } = await app();
    const { editLines } = await import('../views/config-edits.ts');
    waiting = [...waiting, ...editLines(configStore)];
  };
  return {
    look,
    async take(): Promise<readonly ToneLine[]> {
      if (app.made() || looksBroken(configPathOf(env))) await look();
      const told = waiting;
      waiting = [];
      return told;
    },
  };
}

/** Ends where the music comes from. False where the user went back before. */
async function startFirst(app: App): Promise<boolean> {
  const { runFirstStart } = await import('./first-start.ts');
  const first = await runFirstStart(app);
  if (first === false) return false;
  if (first.item !== undefined) {
    const { openDownloadsMenu } = await import('./downloads.ts');
    await openDownloadsMenu(app, first.item);
  }
  return true;
}

/** After the first paint, and before anybody has chosen. */
const preloadMs = 500;

function mainItems(app: () => Promise<App>): readonly MenuItem[] {
  return [
    {
      name: 'Downloads',
      description: 'Get songs from Spotify, a playlist file, a link or a name.',
      opensMenu: true,
      run: async () => (await import('./downloads.ts')).openDownloadsMenu(await app()),
    },
    {
      name: 'Management',
      description: 'Look after your library: find songs, put them in order, repair them.',
      opensMenu: true,
      run: async () => (await import('./management.ts')).openManagementMenu(await app()),
    },
    {
      name: 'Automation',
      description: 'Keep playlists in sync with your library.',
      opensMenu: true,
      run: async () => (await import('./automation.ts')).openAutomationMenu(await app()),
    },
    {
      name: 'Tools',
      description: 'Check for problems, update yt-dlp, undo a download, get help.',
      opensMenu: true,
      run: async () => (await import('./tools.ts')).openToolsMenu(await app()),
    },
    {
      name: 'Config',
      description: 'View, change and check your settings.',
      opensMenu: true,
      run: async () => (await import('./config.ts')).openConfigMenu(await app()),
    },
  ];
}
