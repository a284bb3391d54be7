import type { Command } from 'commander';
import { backupVerbs } from './backup-verbs.ts';
import type { BackupFlags } from './backup.ts';
import type { BackupParts } from '../views/backup.ts';
import { oneOf } from './one-of.ts';

/** backup: saves what HARMONI knows, and brings it back. */
export function addBackupCommands(
  program: Command,
  withParts: (
    run: (parts: BackupParts, flags: BackupFlags, args: readonly string[]) => Promise<number>,
  ) => (...given: unknown[]) => Promise<void>,
): void {
  program
    .command('backup')
    .argument('<action>', backupVerbs.join(', '), oneOf(backupVerbs))
    .argument('[name]', 'the backup to verify or restore, or "latest"')
    .description('back up your settings, playlists and history, and restore them')
    .option('--with-secrets', 'include settings that may hold a password or secret')
    .option('--dry-run', 'show what a restore would change')
    .option('--yes', 'restore without asking')
    .action(
      withParts(async (parts, flags, [verb = '', name]) => {
        const { runBackup } = await import('./backup.ts');
        return runBackup(parts, oneOf(backupVerbs)(verb), name, flags);
      }),
    );
}
