import { existsSync } from 'node:fs';
import type { Config } from '../config/schema.ts';
import type { Followed } from '../history/followed.ts';
import type { Leaving } from '../history/leaving.ts';
import { pastClock } from '../spotify/api-error.ts';
import { playlists, songs } from '../tracks/song-count.ts';
import type { TrackList } from '../tracks/track.ts';
import { back, type Back, type PickRow, type Prompter } from '../ui/prompter.ts';
import { followLists, type FollowParts } from '../views/follow.ts';
import { listPlaylists, playlistRows, type PlaylistsParts } from '../views/playlists.ts';
import { readLists, type ReadListsParts } from '../views/read-lists.ts';
import { ensureSignedIn, type SignInParts } from '../views/sign-in.ts';
import type { ResumeParts } from '../views/resume.ts';
import { lastSyncText } from '../views/summary-text.ts';
import { syncLists, type SyncParts } from '../views/sync.ts';
import type { BackupsMenuParts } from './backups.ts';
import { openMenuLoop } from './menu.ts';
import { resumeItems } from './resume-items.ts';
import { scheduleItem, type ScheduleMenuParts } from './schedule.ts';

export type AutomationMenuParts = BackupsMenuParts &
  SyncParts &
  FollowParts &
  PlaylistsParts &
  ReadListsParts &
  ResumeParts &
  ScheduleMenuParts &
  SignInParts & {
    readonly prompter: Prompter;
    readonly config: Pick<Config, 'exportify_watch_folder'>;
  };

type Listed = Pick<TrackList, 'name' | 'origin' | 'sourceFile'>;

/** Automation: playlists that the library follows. */
export async function openAutomationMenu(parts: AutomationMenuParts): Promise<void> {
  await openMenuLoop(parts.prompter, 'Automation', () => {
    const followed = parts.store.followed.all(parts.config.output_dir);
    return [
      ...(followed.length === 0
        ? []
        : [
            {
              name: `Sync now (${playlists(followed.length)})`,
              description: lastSync(parts, followed),
              run: () => sync(parts, followed),
            },
          ]),
      ...resumeItems(parts),
      {
        name: 'Follow Spotify playlists',
        description: 'Choose playlists to keep in sync, or your liked songs.',
        run: () => followSpotify(parts),
      },
      {
        name: 'Follow Exportify playlists',
        description: `CSV files in ${parts.config.exportify_watch_folder}`,
        run: () => followFolder(parts),
      },
      {
        name: 'Follow a link or a file',
        description: 'A playlist on Spotify, YouTube or SoundCloud, or a file on this computer.',
        run: () => followInput(parts),
      },
      scheduleItem(parts),
      ...(followed.length === 0
        ? []
        : [
            {
              name: 'Stop following playlists',
              description: 'You keep their songs and playlist files.',
              run: () => unfollow(parts, followed),
            },
            {
              name: 'Forget what was synced',
              description: 'The next sync reads every playlist anew, and removes nothing.',
              run: () => forgetSynced(parts),
            },
          ]),
      {
        name: 'Backups',
        description: 'Back up your settings, playlists and history, or restore a backup.',
        opensMenu: true,
        run: async () => (await import('./backups.ts')).openBackupsMenu(parts),
      },
      {
        name: 'Clean up',
        description: 'Remove what HARMONI left behind. It shows you everything and asks first.',
        run: async () => (await import('../views/cleanup.ts')).cleanUp(parts, { yes: false, dryRun: false }),
      },
    ];
  });
}

function lastSync({ store, config, clock }: AutomationMenuParts, followed: readonly Followed[]): string {
  const last = store.syncs.last(config.output_dir);
  if (last !== undefined) return `${lastSyncText(last, clock.now())}.`;
  const times = followed.flatMap(({ syncedAt }) => syncedAt ?? []);
  return times.length === 0
    ? 'Not synced yet.'
    : `Last synced ${pastClock(Math.max(...times), clock.now())}.`;
}

async function forgetSynced({ prompter, store, config }: AutomationMenuParts): Promise<void> {
  const what = 'Forget what was synced? The next sync downloads songs you deleted again.';
  if ((await prompter.confirm({ message: what, default: false })) !== true) return;
  store.followed.forgetSynced(config.output_dir);
  prompter.say('The next sync reads every playlist anew.', 'ok');
}

async function sync(parts: AutomationMenuParts, followed: readonly Followed[]): Promise<void> {
  const needsAccount = followed.some(({ origin }) => origin.startsWith('spotify:'));
  if (needsAccount && !(await ensureSignedIn(parts))) return;
  await syncLists(parts, followed, { accept: 'sure', allowedRemovals: undefined, restoreDeleted: false });
}

async function followSpotify(parts: AutomationMenuParts): Promise<void> {
  if (!(await ensureSignedIn(parts))) return;
  const followed = new Set(parts.store.followed.all(parts.config.output_dir).map(({ origin }) => origin));
  const markOf = (origin: string) =>
    followed.has(origin) ? { mark: 'followed', disabled: 'Already followed.' } : {};
  const liked: Listed = { name: 'Liked Songs', origin: 'spotify:liked' };
  const rows: PickRow<Listed>[] = [
    { value: liked, name: liked.name, checked: false, ...markOf('spotify:liked') },
    ...playlistRows(await listPlaylists(parts)).map((row) => {
      const origin = `spotify:playlist:${row.value.id}`;
      return { ...row, value: { name: row.value.name, origin }, ...markOf(origin) };
    }),
  ];
  await followChosen(
    parts,
    await parts.prompter.pick({ message: 'Which playlists should be kept in sync?', rows }),
  );
}

async function followFolder(parts: AutomationMenuParts): Promise<void> {
  const folder = parts.config.exportify_watch_folder;
  if (!existsSync(folder)) {
    parts.prompter.say(`There's no CSV file in ${folder}.`, 'warn');
    return;
  }
  await followRead(parts, folder);
}

async function followInput(parts: AutomationMenuParts): Promise<void> {
  const input = await parts.prompter.input({
    message: 'Link or file:',
    validate: (text) => (text.trim() === '' ? 'Paste a link, or type the path of a file.' : true),
  });
  if (input !== back) await followRead(parts, input);
}

async function followRead(parts: AutomationMenuParts, input: string): Promise<void> {
  const lists = await readLists(parts, [input]);
  const rows = lists.map((list) => ({
    value: list,
    name: list.name,
    checked: true,
    mark: songs(list.tracks.length),
  }));
  const chosen =
    rows.length === 1
      ? lists
      : await parts.prompter.pick({ message: 'Which playlists should be kept in sync?', rows });
  await followChosen(parts, chosen, input);
}

/** Asks what becomes of songs that are removed, follows the lists, and offers the first sync. */
async function followChosen(
  parts: AutomationMenuParts,
  chosen: readonly Listed[] | Back,
  input?: string,
): Promise<void> {
  if (chosen === back || chosen.length === 0) return;
  const whenRemoved = await parts.prompter.select<Leaving>({
    message: 'When a song is removed from the playlist, what happens to its file?',
    choices: [
      { value: 'keep', name: 'Keep it', description: 'Only the playlist file changes.' },
      {
        value: 'trash',
        name: 'Move it to the trash',
        description: 'Unless another playlist has it, or you changed it.',
      },
    ],
  });
  if (whenRemoved === back) return;
  const followed = followLists(parts, chosen, whenRemoved, input);
  parts.prompter.say(`Following ${playlists(followed.length)}.`, 'ok');
  const now = await parts.prompter.confirm({ message: 'Sync now?', default: true });
  if (now === true) await sync(parts, followed);
}

async function unfollow(
  { prompter, store }: AutomationMenuParts,
  followed: readonly Followed[],
): Promise<void> {
  const rows = followed.map((one) => ({
    value: one,
    name: one.name,
    checked: false,
    ...(one.whenRemoved === 'trash' ? { mark: 'removed songs go to the trash' } : {}),
  }));
  const chosen = await prompter.pick({ message: 'Which playlists should HARMONI stop following?', rows });
  if (chosen === back || chosen.length === 0) return;
  for (const { id } of chosen) store.followed.unfollow(id);
  prompter.say(`Stopped following ${playlists(chosen.length)}.`, 'ok');
}
