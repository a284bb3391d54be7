import type { Command } from 'commander';
import type { DuplicatesViewParts } from '../../views/duplicates.ts';
import { addQueryVerb, type WithParts } from './verb.ts';

/** library duplicates */
export function addDuplicatesCommand(library: Command, withParts: WithParts<DuplicatesViewParts>): void {
  addQueryVerb(library, 'duplicates', 'find copies of one recording, and move the worse ones to the trash')
    .option('--dry-run', 'only show them')
    .option('--yes', 'remove without asking, but only what HARMONI downloaded')
    .action(
      withParts(async (parts, { yes = false, dryRun = false }, query) => {
        const { detectDuplicates } = await import('../../views/duplicates.ts');
        return detectDuplicates(parts, query, { yes, dryRun });
      }),
    );
}
