import { exitCodeOf, HarmoniError } from '../errors.ts';
import { backUp, restoreBackup, showBackups, verifyBackups, type BackupParts } from '../views/backup.ts';
import { backupDocument } from '../views/backup-text.ts';
import type { backupVerbs } from './backup-verbs.ts';

export interface BackupFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly withSecrets?: boolean;
}

/** harmoni backup VERB [NAME]. Returns the exit code: 1 when a backup is broken. */
export async function runBackup(
  parts: BackupParts,
  verb: (typeof backupVerbs)[number],
  name: string | undefined,
  flags: BackupFlags,
): Promise<number> {
  const { output } = parts;
  switch (verb) {
    case 'create': {
      const { backup, notSaved, removed } = await backUp(parts, {
        reason: 'asked',
        withSecrets: flags.withSecrets === true,
      });
      output.document({ ...backupDocument(backup), notSaved, removed });
      return 0;
    }
    case 'list':
      output.document({ backups: (await showBackups(parts)).map(backupDocument) });
      return 0;
    case 'verify': {
      const backups = await verifyBackups(parts, name);
      output.document({ backups: backups.map(backupDocument) });
      return backups.every(({ faults }) => faults.length === 0) ? 0 : 1;
    }
    case 'restore': {
      if (name === undefined) {
        throw new HarmoniError('usage', 'Which backup should be restored?', {
          fix: 'Run harmoni backup list, then harmoni backup restore NAME (or latest).',
        });
      }
      const options = { yes: flags.yes === true, dryRun: flags.dryRun === true };
      const document = await restoreBackup(parts, name, options);
      if (document === undefined) return exitCodeOf('cancelled');
      output.document(document);
      return 0;
    }
  }
}
