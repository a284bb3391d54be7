import { z } from 'zod';

/** The settings of backups, under the names of HARMONI's first version. */
export const backupSettings = {
  auto_backup: z
    .boolean()
    .default(true)
    .describe('Back up your data after a download or sync, at most once a day.'),
  max_backups: z
    .int()
    .min(0)
    .max(100)
    .default(10)
    .describe(
      'How many backups to keep. The newest of each of the last four weeks and six months are kept, too. 0 means all.',
    ),
};
