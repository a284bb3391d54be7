import type { Command } from 'commander';
import { exitCodeOf } from '../../errors.ts';
import type { CleanupViewParts } from '../../views/cleanup.ts';
import type { WithParts } from './verb.ts';

/** library cleanup */
export function addCleanupCommand(library: Command, withParts: WithParts<CleanupViewParts>): void {
  library
    .command('cleanup')
    .description("remove what HARMONI left behind and doesn't need")
    .option('--dry-run', 'show what would be removed')
    .option('--yes', 'remove without asking')
    .action(
      withParts(async (parts, flags) => {
        const { cleanUp } = await import('../../views/cleanup.ts');
        const options = { yes: flags.yes === true, dryRun: flags.dryRun === true };
        const end = await cleanUp(parts, options);
        if (end === undefined) return exitCodeOf('cancelled');
        parts.output.document({ dryRun: options.dryRun, ...end });
        const left = (found: typeof end.found): number => found.reduce((many, one) => many + one.many, 0);
        return options.dryRun || left(end.removed) === left(end.found) ? 0 : 1;
      }),
    );
}
