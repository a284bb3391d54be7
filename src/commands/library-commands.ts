import type { Command } from 'commander';
import { exitCodeOf } from '../errors.ts';
import type { CleanupViewParts } from '../views/cleanup.ts';
import { oneOf } from './options.ts';

const libraryVerbs = ['cleanup'] as const;

interface LibraryFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** library: what is done to all of it. */
export function addLibraryCommands(
  program: Command,
  withParts: (
    run: (parts: CleanupViewParts, flags: LibraryFlags, args: readonly string[]) => Promise<number>,
  ) => (...given: unknown[]) => Promise<void>,
): void {
  program
    .command('library')
    .argument('<action>', libraryVerbs.join(', '), oneOf(libraryVerbs))
    .description("remove what HARMONI left behind and doesn't need")
    .option('--dry-run', 'show what would be removed')
    .option('--yes', 'remove without asking')
    .action(
      withParts(async (parts, flags) => {
        const { cleanUp } = await import('../views/cleanup.ts');
        const options = { yes: flags.yes === true, dryRun: flags.dryRun === true };
        const end = await cleanUp(parts, options);
        if (end === undefined) return exitCodeOf('cancelled');
        parts.output.document({ dryRun: options.dryRun, ...end });
        const left = (found: typeof end.found): number => found.reduce((many, one) => many + one.many, 0);
        return options.dryRun || left(end.removed) === left(end.found) ? 0 : 1;
      }),
    );
}
