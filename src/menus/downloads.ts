import { existsSync } from 'node:fs';
import { songName } from '../tracks/song-name.ts';
import { back } from '../ui/prompter.ts';
import { downloadLists } from '../views/download-lists.ts';
import { offersMusicFolder, openMusic } from '../views/open-music.ts';
import { pendingInputs } from '../views/pending-lists.ts';
import { readLink } from '../views/read-link.ts';
import { readLists } from '../views/read-lists.ts';
import type { RedoParts } from '../views/redo.ts';
import type { ResumeParts } from '../views/resume.ts';
import type { SignInParts } from '../views/sign-in.ts';
import { downloadItems, type DownloadItem } from './download-items.ts';
import {
  accountExportItems,
  asking,
  downloadExportify,
  downloadFrom,
  downloadPath,
  downloadTracksFile,
  filesIn,
  sayNoCsv,
  type DownloadListsParts,
} from './list-files.ts';
import { openMenuLoop, type MenuItem } from './menu.ts';
import { openSongItems, type OpenSongParts } from './open-song-items.ts';
import { resumeItems } from './resume-items.ts';
import type { SpotifyMenuParts } from './spotify.ts';

export type DownloadsMenuParts = DownloadListsParts &
  ResumeParts &
  OpenSongParts &
  RedoParts &
  SpotifyMenuParts;

/** Downloads: where the music comes from. */
export async function openDownloadsMenu(parts: DownloadsMenuParts, cursor?: DownloadItem): Promise<void> {
  await openMenuLoop(parts.prompter, 'Downloads', () => itemsOf(parts), undefined, cursor);
}

function itemsOf(parts: DownloadsMenuParts): readonly MenuItem[] {
  return [
    ...resumeItems(parts),
    {
      name: downloadItems.spotify,
      description: 'Your playlists and liked songs.',
      opensMenu: true,
      run: async () => (await import('./spotify.ts')).openSpotifyMenu(parts),
    },
    {
      name: 'Download all pending',
      description: `Everything in ${pendingInputs(parts.config).join(', ')} that isn't in your library yet.`,
      run: () => downloadPending(parts),
    },
    {
      name: 'Search for a song',
      description: 'By artist and title.',
      run: () => downloadSong(parts),
    },
    {
      name: downloadItems.exportify,
      description: `CSV files in ${parts.config.exportify_watch_folder}`,
      run: () => downloadExportify(parts),
    },
    {
      name: 'Tracks file',
      description: parts.config.tracks_file,
      run: () => downloadTracksFile(parts),
    },
    ...accountExportItems(parts),
    {
      name: downloadItems.file,
      description: "Any playlist file, a folder of them, or a .zip such as Spotify's account export.",
      run: () => downloadPath(parts),
    },
    {
      name: 'Paste a list',
      description: 'One song or link on each line, or the contents of a playlist file.',
      run: () => downloadFrom(parts, ['-']),
    },
    {
      name: downloadItems.link,
      description: 'From Spotify, YouTube or SoundCloud: a song, playlist, album or artist.',
      run: () => downloadLink(parts),
    },
    ...openSongItems(parts),
    {
      name: 'Fix a wrong match',
      description: 'Replace a song that turned out wrong.',
      run: async () => (await import('../views/redo.ts')).redoFromLibrary(parts),
    },
    ...folderItems(parts),
  ];
}

/** Where there is a folder, and a file manager that the person would see. */
function folderItems(parts: DownloadsMenuParts): MenuItem[] {
  const { output_dir: folder } = parts.config;
  if (!offersMusicFolder(parts.env) || !existsSync(folder)) return [];
  return [{ name: 'Open your music folder', description: folder, run: () => openMusic(parts) }];
}

async function downloadPending(parts: DownloadListsParts): Promise<void> {
  const { config } = parts;
  if (config.pending_lists.length === 0 && filesIn(config.exportify_watch_folder).length === 0) {
    sayNoCsv(parts);
    return;
  }
  const lists = await readLists(parts, pendingInputs(config));
  await downloadLists(parts, lists, { ...asking, yes: true, confirm: true });
}

async function downloadSong(parts: DownloadListsParts): Promise<void> {
  const { prompter } = parts;
  const artist = await prompter.input({ message: 'Artist (optional):' });
  if (artist === back) return;
  const title = await prompter.input({
    message: 'Title:',
    validate: (text) => (text.trim() === '' ? 'Enter a title.' : true),
  });
  if (title === back) return;
  const name = songName(artist.trim(), title);
  await downloadLists(parts, await readLists(parts, [name]), { ...asking, yes: true });
}

async function downloadLink(parts: DownloadListsParts & SignInParts): Promise<void> {
  const link = await parts.prompter.input({
    message: 'Spotify, YouTube or SoundCloud link:',
    validate: (text) => (text.trim() === '' ? 'Paste a link to a song, a playlist or an album.' : true),
  });
  if (link === back) return;
  const lists = await readLink(parts, link);
  if (lists !== undefined) await downloadLists(parts, lists, asking);
}
