import type { Command } from 'commander';
import type { HistoryParts } from './history.ts';
import { oneOf } from './one-of.ts';
import { wholeNumber } from './options.ts';
import { trashVerbs } from './trash-verbs.ts';
import type { TrashFlags } from './trash.ts';
import type { TrashViewParts } from '../views/trash.ts';

interface HistoryFlags extends TrashFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

type Run = (
  parts: HistoryParts & TrashViewParts,
  flags: HistoryFlags,
  args: readonly string[],
) => Promise<number>;

/** history, undo, trash: what was done to the library. `withParts` makes what the verb needs, runs it and keeps its exit code. */
export function addHistoryCommands(
  program: Command,
  withParts: (run: Run) => (...given: unknown[]) => Promise<void>,
): void {
  const numberOf = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : wholeNumber(text);
  program
    .command('history')
    .argument('[run]', "a run's number, to see its files", wholeNumber)
    .description('show what HARMONI did to your library')
    .action(
      withParts(async (parts, _flags, [run]) => {
        const { runHistory } = await import('./history.ts');
        return runHistory(parts, numberOf(run));
      }),
    );
  program
    .command('undo')
    .argument('[run]', "a run's number (default: the latest that can be undone)", wholeNumber)
    .description('take back what a run did to your files')
    .option('--dry-run', 'show what would be undone')
    .option('--yes', 'undo without asking')
    .action(
      withParts(async (parts, flags, [run]) => {
        const { runUndo } = await import('./history.ts');
        const options = { yes: flags.yes === true, dryRun: flags.dryRun === true };
        return runUndo(parts, numberOf(run), options);
      }),
    );
  program
    .command('trash')
    .argument('<action>', trashVerbs.join(', '), oneOf(trashVerbs))
    .argument('[name...]', 'files to restore, as list shows them, or "artist - title"')
    .description('see, restore or delete the files in the trash')
    .option('--older-than <days>', 'empty only what is older', wholeNumber)
    .option('--yes', 'delete without asking')
    .action(
      withParts(async (parts, flags, [verb = '', ...names]) => {
        const { runTrash } = await import('./trash.ts');
        return runTrash(parts, oneOf(trashVerbs)(verb), names, flags);
      }),
    );
}
