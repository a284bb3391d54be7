import type { Backup } from '../automation/backup/read.ts';
import { listBackups } from '../automation/backup/read.ts';
import { backupsIn } from '../automation/backup/places.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { backUp, restoreBackup, showBackups, type BackupParts } from '../views/backup.ts';
import { backupTitle } from '../views/backup-text.ts';
import { openMenuLoop } from './menu.ts';

export type BackupsMenuParts = BackupParts & { readonly prompter: Prompter };

/** Automation → Backups. */
export async function openBackupsMenu(parts: BackupsMenuParts): Promise<void> {
  await openMenuLoop(parts.prompter, 'Backups', () => [
    {
      name: 'Back up now',
      description: 'Your settings, playlists, choices and history. Not your songs or your sign-in.',
      run: () => backUp(parts, { reason: 'asked', withSecrets: false }),
    },
    { name: 'Show backups', description: backupsIn(parts.paths.data), run: () => showBackups(parts) },
    {
      name: 'Restore a backup',
      description: "Shows what would change and asks first. What's there now is backed up.",
      run: () => chooseAndRestore(parts),
    },
  ]);
}

async function chooseAndRestore(parts: BackupsMenuParts): Promise<void> {
  const { prompter, paths, clock } = parts;
  const backups = await listBackups(backupsIn(paths.data), 'manifest');
  if (backups.length === 0) {
    prompter.say('No backups yet.');
    return;
  }
  const chosen = await prompter.select<Backup | undefined>({
    message: 'Which backup do you want to restore?',
    choices: [
      ...backups.map((one) => ({
        value: one,
        name: backupTitle(one, clock.now()),
        ...(one.manifest === undefined ? { disabled: 'This backup is broken.' } : {}),
      })),
      { value: undefined, name: 'Back' },
    ],
  });
  if (chosen === back || chosen === undefined) return;
  await restoreBackup(parts, chosen.name, { yes: false, dryRun: false });
}
