import { existsSync, readFileSync } from 'node:fs';
import type { Prompter } from '../ui/prompter.ts';
import { exportLibrary, exportPlaylist, type ExportPlaylistParts } from '../views/export-library.ts';
import { checkMachine, type CheckMachineParts } from '../views/check-machine.ts';
import { offersMusicFolder, openLog } from '../views/open-music.ts';
import type { CleanupViewParts } from '../views/cleanup.ts';
import type { VerifyViewParts } from '../views/verify.ts';
import type { ConvertMenuParts } from './convert.ts';
import type { HistoryMenuParts } from './history.ts';
import { openMenuLoop, type MenuItem } from './menu.ts';
import type { TrashMenuParts } from './trash.ts';

export type ToolsMenuParts = CheckMachineParts &
  CleanupViewParts &
  ConvertMenuParts &
  VerifyViewParts &
  HistoryMenuParts &
  TrashMenuParts &
  ExportPlaylistParts & {
    readonly prompter: Prompter;
    readonly paths: { readonly log: string };
  };

/** Tools: what helps when something does not work. */
export async function openToolsMenu(parts: ToolsMenuParts): Promise<void> {
  await openMenuLoop(parts.prompter, 'Tools', () => [
    {
      name: 'Check for problems',
      description: 'Check yt-dlp, ffmpeg, folders and disk space.',
      run: () => checkMachine(parts, false),
    },
    {
      name: 'Update yt-dlp and ffmpeg',
      description: 'If downloads fail, an old yt-dlp is the usual cause.',
      run: () => checkMachine(parts, true),
    },
    {
      name: 'History',
      description: 'See what HARMONI did to your library, and undo it.',
      opensMenu: true,
      run: async () => (await import('./history.ts')).openHistoryMenu(parts),
    },
    {
      name: 'Trash',
      description: 'Bring back songs that were replaced or removed.',
      opensMenu: true,
      run: async () => (await import('./trash.ts')).openTrashMenu(parts),
    },
    {
      name: 'Library cleanup',
      description: 'Find broken and missing songs, and remove leftovers.',
      opensMenu: true,
      run: () => openCleanupMenu(parts),
    },
    {
      name: 'Compress music',
      description: 'Make songs smaller, in place or as a copy for a phone.',
      run: async () => (await import('./convert.ts')).compressMusic(parts),
    },
    {
      name: 'Convert audio format',
      description: 'Convert songs to MP3, M4A, Opus, FLAC and others, with all their tags.',
      run: async () => (await import('./convert.ts')).convertFormat(parts),
    },
    {
      name: 'Library export as JSON',
      description: 'Write all your songs into a file that HARMONI and other programs can read.',
      run: () => exportLibrary(parts, {}, []),
    },
    {
      name: 'Playlist to track list',
      description: 'Write the songs of a playlist into a file, whether you have them or not.',
      run: () => exportPlaylist(parts),
    },
    { name: 'Log', description: parts.paths.log, run: async () => showLog(parts) },
    ...openLogItem(parts),
    { name: 'Help', description: 'The basics in a few lines.', run: async () => showHelp(parts) },
  ]);
}

/** Only where somebody sees what opens, and there is a log. */
function openLogItem(parts: ToolsMenuParts): MenuItem[] {
  if (!existsSync(parts.paths.log) || !offersMusicFolder(parts.env)) return [];
  return [{ name: 'Open the log', description: 'In your text editor.', run: () => openLog(parts) }];
}

async function openCleanupMenu(parts: ToolsMenuParts): Promise<void> {
  await openMenuLoop(parts.prompter, 'Library cleanup', () => [
    {
      name: 'Broken and missing songs',
      description: 'Check every song, and download again what is broken. Nothing is deleted.',
      run: async () => (await import('../views/verify.ts')).verifyLibrary(parts, [], asked),
    },
    {
      name: 'Listen to every song',
      description: 'The same, and find silence and damaged audio too. Takes about a second for each song.',
      run: async () =>
        (await import('../views/verify.ts')).verifyLibrary(parts, [], { ...asked, isDeep: true }),
    },
    {
      name: 'Leftovers',
      description: "Remove what HARMONI left behind and doesn't need.",
      run: async () => (await import('../views/cleanup.ts')).cleanUp(parts, { yes: false, dryRun: false }),
    },
  ]);
}

const asked = { isDeep: false, isRepair: false, isYes: false, isAsked: true };

const shownLines = 15;

function showLog(parts: ToolsMenuParts): void {
  const lines = logLines(parts.paths.log).slice(-shownLines);
  if (lines.length === 0) {
    parts.prompter.say('The log is empty. Nothing has gone wrong yet.');
    return;
  }
  for (const line of lines) parts.prompter.say(line, 'dim');
  parts.prompter.say(`Full log: ${parts.paths.log}`);
}

/** "2026-11-21 10:00 warn YouTube refused the download (403)." */
function logLines(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      try {
        const entry: unknown = JSON.parse(line);
        if (typeof entry !== 'object' || entry === null) return [];
        const { time = '', level = '', message = '', track = '' } = entry as Record<string, unknown>; // a log line is an object
        const when = String(time).slice(0, 16).replace('T', ' ');
        return [`${when} ${String(level)} ${String(message)}${track === '' ? '' : ` (${String(track)})`}`];
      } catch {
        return [];
      }
    });
}

const help = `To get music, sign in to Spotify under Downloads, put a playlist's CSV file (from exportify.net) in data/exportify, or paste a link.
Press ? for help in any menu or list. In the song list, type to filter, Tab selects, Enter continues, Esc goes back.
HARMONI downloads only certain matches. The others are listed at the end.
Press Ctrl+C to stop. You can resume at the next start. Settings are under Config.
To work without the menu, see harmoni --help.`;

function showHelp({ prompter }: ToolsMenuParts): void {
  prompter.say(help);
}
