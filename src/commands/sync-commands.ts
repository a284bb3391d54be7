import { Option, type Command } from 'commander';
import { leaving, type Leaving } from '../history/leaving.ts';
import type { FollowCommandParts } from './follow.ts';
import { addDownloadOptions, wholeNumber, type DownloadFlags } from './options.ts';
import type { SyncCommandParts as RunSyncParts } from './sync.ts';

type SyncCommandParts = FollowCommandParts & RunSyncParts;

export interface SyncFlags {
  readonly dryRun?: boolean;
  readonly whenRemoved?: Leaving;
  readonly allowRemovals?: number;
  readonly restoreDeleted?: boolean;
}

/** follow, unfollow, sync. */
export function addSyncCommands(
  program: Command,
  withApp: (
    run: (
      app: SyncCommandParts,
      flags: SyncFlags & DownloadFlags,
      inputs: readonly string[],
    ) => Promise<number>,
  ) => (...given: unknown[]) => Promise<void>,
): void {
  program
    .command('follow')
    .argument(
      '[source...]',
      'a playlist link, "liked", or a file or folder with playlists (without: list them)',
    )
    .description('keep playlists in sync from now on')
    .addOption(
      new Option('--when-removed <what>', 'files of songs that leave the playlist').choices([...leaving]),
    )
    .action(
      withApp(async (app, flags, inputs) => {
        const { runFollow } = await import('./follow.ts');
        return runFollow(app, inputs, flags.whenRemoved);
      }),
    );

  program
    .command('unfollow')
    .argument('<name...>', 'the playlist')
    .description('stop keeping playlists in sync')
    .action(withApp(async (app, _flags, names) => (await import('./follow.ts')).runUnfollow(app, names)));

  addDownloadOptions(program.command('sync'))
    .argument('[name...]', 'followed playlists (default: all)')
    .description('bring followed playlists up to date')
    .option('--dry-run', 'show what would change')
    .option('--allow-removals <number>', 'let this many songs leave each playlist', wholeNumber)
    .option('--restore-deleted', 'download songs again whose files you deleted')
    .action(
      withApp(async (app, flags, names) => {
        const { runSync } = await import('./sync.ts');
        return runSync(app, names, {
          accept: flags.accept ?? 'sure',
          yes: flags.yes === true,
          dryRun: flags.dryRun === true,
          allowedRemovals: flags.allowRemovals,
          restoreDeleted: flags.restoreDeleted === true,
        });
      }),
    );
}
