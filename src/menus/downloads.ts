import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { waitingTracks } from '../engine/review.ts';
import { toHarmoniError } from '../errors.ts';
import { mayHoldLists } from '../sources/find-lists.ts';
import { songs } from '../tracks/song-count.ts';
import { songName } from '../tracks/song-name.ts';
import type { TrackList } from '../tracks/track.ts';
import { back, type Back, type Prompter } from '../ui/prompter.ts';
import { downloadLists, type DownloadParts } from '../views/download-lists.ts';
import { pendingInputs, type PendingSettings } from '../views/pending-lists.ts';
import { readLists, type ReadListsParts } from '../views/read-lists.ts';
import type { RedoParts } from '../views/redo.ts';
import type { ResumeParts } from '../views/resume.ts';
import { retryFailed, type RetryParts } from '../views/retry.ts';
import type { ReviewWaitingParts } from '../views/review-waiting.ts';
import type { Provider } from '../providers/provider.ts';
import { openMenuLoop, type MenuItem } from './menu.ts';
import { resumeItems } from './resume-items.ts';
import type { SpotifyMenuParts } from './spotify.ts';

export type DownloadsMenuParts = DownloadListsParts &
  ResumeParts &
  RetryParts &
  ReviewWaitingParts &
  RedoParts &
  SpotifyMenuParts;

type DownloadListsParts = DownloadParts &
  ReadListsParts & {
    readonly prompter: Prompter;
    readonly providers: readonly Provider[];
    readonly config: PendingSettings & Pick<Config, 'tracks_file' | 'playlists_file'>;
  };

/** Downloads: where the music comes from. */
export async function openDownloadsMenu(parts: DownloadsMenuParts): Promise<void> {
  await openMenuLoop(parts.prompter, 'Downloads', () => [
    ...resumeItems(parts),
    {
      name: 'Spotify',
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
      name: 'Exportify playlists',
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
      name: 'Paste a YouTube or SoundCloud link',
      description: 'A song or a playlist.',
      run: () => downloadLink(parts),
    },
    ...retryItems(parts),
    ...reviewItems(parts),
    {
      name: 'Fix a wrong match',
      description: 'Replace a song that turned out wrong.',
      run: async () => (await import('../views/redo.ts')).redoFromLibrary(parts),
    },
  ]);
}

function retryItems(parts: RetryParts): MenuItem[] {
  const failed = parts.store.failures.all();
  if (failed.length === 0) return [];
  return [
    {
      name: `Retry failed songs (${failed.length})`,
      description: failed[0]?.failure.message ?? '',
      run: () => retryFailed(parts, 'sure'),
    },
  ];
}

function reviewItems(parts: ReviewWaitingParts): MenuItem[] {
  const waiting = waitingTracks(parts.store);
  if (waiting.length === 0) return [];
  return [
    {
      name: `Review uncertain matches (${waiting.length})`,
      description: 'Choose a match, paste a link, or leave the song out.',
      run: async () => (await import('../views/review-waiting.ts')).reviewWaiting(parts),
    },
  ];
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
  const artist = await prompter.input({ message: 'Artist (optional)' });
  if (artist === back) return;
  const title = await prompter.input({
    message: 'Title',
    validate: (text) => (text.trim() === '' ? 'Enter a title.' : true),
  });
  if (title === back) return;
  const name = songName(artist.trim(), title);
  await downloadLists(parts, await readLists(parts, [name]), { ...asking, yes: true });
}

async function downloadExportify(parts: DownloadListsParts): Promise<void> {
  const folder = parts.config.exportify_watch_folder;
  const files = filesIn(folder).filter(mayHoldLists);
  if (files.length === 0) {
    sayNoCsv(parts);
    return;
  }
  const lists: TrackList[] = [];
  for (const file of files) {
    // One broken file must not hide the others.
    try {
      lists.push(...(await readLists(parts, [join(folder, file)])));
    } catch (thrown) {
      const error = toHarmoniError(thrown);
      if (error.code === 'cancelled') throw error;
      parts.prompter.say(error.message, 'warn');
    }
  }
  const chosen = lists.length > 1 ? await pickLists(parts, lists) : lists;
  if (chosen === back || chosen.length === 0) return;
  await downloadLists(parts, chosen, asking);
}

function pickLists(
  { prompter }: DownloadListsParts,
  lists: readonly TrackList[],
): Promise<readonly TrackList[] | Back> {
  return prompter.pick({
    message: 'Playlists',
    rows: lists.map((list) => ({
      value: list,
      name: list.name,
      checked: false,
      mark: songs(list.tracks.length),
    })),
  });
}

function sayNoCsv({ prompter, config }: DownloadListsParts): void {
  prompter.say(`There's no CSV file in ${config.exportify_watch_folder}.`, 'warn');
  prompter.say("Export your playlists at exportify.net (you don't need Premium) and put the files there.");
}

async function downloadTracksFile(parts: DownloadListsParts): Promise<void> {
  const { tracks_file: file } = parts.config;
  if (existsSync(file)) {
    await downloadFrom(parts, [file]);
    return;
  }
  parts.prompter.say(`There's no ${file}.`, 'warn');
  parts.prompter.say('It\'s a list of songs: [{"artist": "...", "track": "..."}]');
}

/** No line where the setting is empty. */
function accountExportItems(parts: DownloadListsParts): MenuItem[] {
  const { playlists_file: file } = parts.config;
  if (file === '') return [];
  return [{ name: 'Account export', description: file, run: () => downloadAccountExport(parts, file) }];
}

async function downloadAccountExport(parts: DownloadListsParts, file: string): Promise<void> {
  if (!existsSync(file)) {
    parts.prompter.say(`There's no ${file}.`, 'warn');
    parts.prompter.say(
      "It's Playlist1.json from Spotify's account export: https://www.spotify.com/account/privacy",
    );
    return;
  }
  const lists = await readLists(parts, [file]);
  const chosen = lists.length > 1 ? await pickLists(parts, lists) : lists;
  if (chosen === back || chosen.length === 0) return;
  await downloadLists(parts, chosen, asking);
}

async function downloadLink(parts: DownloadListsParts): Promise<void> {
  const link = await parts.prompter.input({
    message: 'Paste a YouTube or SoundCloud link',
    validate: (text) =>
      parts.providers.some((provider) => provider.knows(text))
        ? true
        : 'Paste a link to a video, a track or a playlist.',
  });
  if (link !== back) await downloadFrom(parts, [link]);
}

async function downloadFrom(parts: DownloadListsParts, inputs: readonly string[]): Promise<void> {
  await downloadLists(parts, await readLists(parts, inputs), asking);
}

const asking = { accept: 'sure' } as const;

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
