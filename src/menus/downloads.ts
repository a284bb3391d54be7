import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../app.ts';
import { songs } from '../commands/choose-tracks.ts';
import { downloadLists } from '../commands/download.ts';
import { readSources } from '../commands/read-sources.ts';
import { runRetry } from '../commands/retry.ts';
import { waitingTracks } from '../commands/review-waiting.ts';
import { toHarmoniError } from '../errors.ts';
import { songName } from '../tracks/song-name.ts';
import type { TrackList } from '../tracks/track.ts';
import { back, type Back } from '../ui/prompter.ts';
import { parseYouTubeLink } from '../youtube/links.ts';
import { openMenuLoop, type MenuItem } from './menu.ts';
import { resumeItems } from './resume-items.ts';

/** Downloads: where the music comes from. */
export async function openDownloadsMenu(app: App): Promise<void> {
  await openMenuLoop(app.prompter, 'Downloads', () => [
    ...resumeItems(app),
    {
      name: 'Spotify',
      description: 'Your playlists and liked songs, after a sign-in.',
      opensMenu: true,
      run: async () => (await import('./spotify.ts')).openSpotifyMenu(app),
    },
    {
      name: 'Download all pending',
      description: `Everything from ${pendingInputs(app).join(', ')} that is not in the library yet.`,
      run: () => downloadPending(app),
    },
    {
      name: 'A single song',
      description: 'By artist and title.',
      run: () => downloadSong(app),
    },
    {
      name: 'Exportify playlists',
      description: `CSV files in ${app.config.exportify_watch_folder}`,
      run: () => downloadExportify(app),
    },
    {
      name: 'Tracks file',
      description: app.config.tracks_file,
      run: () => downloadTracksFile(app),
    },
    ...accountExportItems(app),
    {
      name: 'YouTube link',
      description: 'One video, or a playlist.',
      run: () => downloadLink(app),
    },
    ...retryItems(app),
    ...reviewItems(app),
    {
      name: 'Redo with another match',
      description: 'Songs of the library that are the wrong ones.',
      run: async () => (await import('../commands/review-redo.ts')).redoFromLibrary(app),
    },
  ]);
}

function retryItems(app: App): MenuItem[] {
  const failed = app.store.failures.all();
  if (failed.length === 0) return [];
  return [
    {
      name: `Retry what failed (${failed.length})`,
      description: failed[0]?.failure.message ?? '',
      run: () => runRetry(app, 'sure'),
    },
  ];
}

function reviewItems(app: App): MenuItem[] {
  const waiting = waitingTracks(app.store);
  if (waiting.length === 0) return [];
  return [
    {
      name: `Decide the unsure ones (${waiting.length})`,
      description: 'Songs that no video fits for sure: choose one, paste a link, or say that there is none.',
      run: async () => (await import('../commands/review.ts')).reviewWaiting(app),
    },
  ];
}

/** What "all pending" reads, in words of paths. */
function pendingInputs(app: App): string[] {
  const { config } = app;
  if (config.primary_input_source === 'json') return [config.tracks_file];
  return [config.primary_csv_file === '' ? config.exportify_watch_folder : config.primary_csv_file];
}

async function downloadPending(app: App): Promise<void> {
  const { config } = app;
  const wholeFolder = config.primary_input_source === 'csv' && config.primary_csv_file === '';
  if (wholeFolder && filesIn(config.exportify_watch_folder).length === 0) {
    sayNoCsv(app);
    return;
  }
  const lists = await readSources(app, pendingInputs(app));
  await downloadLists(app, lists, { ...asking, yes: true, confirm: true });
}

async function downloadSong(app: App): Promise<void> {
  const { prompter } = app;
  const artist = await prompter.input({ message: 'Artist (may be empty)' });
  if (artist === back) return;
  const title = await prompter.input({
    message: 'Title',
    validate: (text) => (text.trim() === '' ? 'A title is needed.' : true),
  });
  if (title === back) return;
  const name = songName(artist.trim(), title);
  await downloadLists(app, await readSources(app, [name]), { ...asking, yes: true });
}

async function downloadExportify(app: App): Promise<void> {
  const folder = app.config.exportify_watch_folder;
  const files = filesIn(folder).filter((name) => name.toLowerCase().endsWith('.csv'));
  if (files.length === 0) {
    sayNoCsv(app);
    return;
  }
  const lists: TrackList[] = [];
  for (const file of files) {
    // One broken file must not hide the others.
    try {
      lists.push(...(await readSources(app, [join(folder, file)])));
    } catch (thrown) {
      const error = toHarmoniError(thrown);
      if (error.code === 'cancelled') throw error;
      app.prompter.say(error.message, 'warn');
    }
  }
  const chosen = lists.length > 1 ? await pickLists(app, lists) : lists;
  if (chosen === back || chosen.length === 0) return;
  await downloadLists(app, chosen, asking);
}

function pickLists({ prompter }: App, lists: readonly TrackList[]): Promise<readonly TrackList[] | Back> {
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

function sayNoCsv({ prompter, config }: App): void {
  prompter.say(`There is no CSV in ${config.exportify_watch_folder}.`, 'warn');
  prompter.say('Export your playlists at exportify.net (no Premium needed) and put the files there.');
}

async function downloadTracksFile(app: App): Promise<void> {
  const { tracks_file: file } = app.config;
  if (existsSync(file)) {
    await downloadFrom(app, [file]);
    return;
  }
  app.prompter.say(`There is no ${file}.`, 'warn');
  app.prompter.say('It is a list of songs: [{"artist": "...", "track": "..."}]');
}

/** No line where the setting is empty. */
function accountExportItems(app: App): MenuItem[] {
  const { playlists_file: file } = app.config;
  if (file === '') return [];
  return [{ name: 'Account export', description: file, run: () => downloadAccountExport(app, file) }];
}

async function downloadAccountExport(app: App, file: string): Promise<void> {
  if (!existsSync(file)) {
    app.prompter.say(`There is no ${file}.`, 'warn');
    app.prompter.say(
      "It's Playlist1.json from Spotify's account export: https://www.spotify.com/account/privacy",
    );
    return;
  }
  const lists = await readSources(app, [file]);
  const chosen = lists.length > 1 ? await pickLists(app, lists) : lists;
  if (chosen === back || chosen.length === 0) return;
  await downloadLists(app, chosen, asking);
}

async function downloadLink(app: App): Promise<void> {
  const link = await app.prompter.input({
    message: 'YouTube link',
    validate: (text) => {
      const parsed = parseYouTubeLink(text);
      if (parsed === undefined) return 'That is no YouTube link. Paste the one of a video or a playlist.';
      return parsed.kind === 'unsupported' ? parsed.reason : true;
    },
  });
  if (link !== back) await downloadFrom(app, [link]);
}

async function downloadFrom(app: App, inputs: readonly string[]): Promise<void> {
  await downloadLists(app, await readSources(app, inputs), asking);
}

const asking = { limit: undefined, yes: false, dryRun: false, accept: 'sure' } as const;

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
