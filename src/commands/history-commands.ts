import type { Command } from 'commander';
import type { HistoryParts } from './history.ts';
import { wholeNumber } from './options.ts';

interface HistoryFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

type Run = (parts: HistoryParts, flags: HistoryFlags, args: readonly string[]) => Promise<number>;

/** history, undo: what was done to the library. `withParts` makes what the verb needs, runs it and keeps its exit code. */
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
}
