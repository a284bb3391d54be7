import { join } from 'node:path';
import type { Command } from 'commander';
import { isPackaged, programDir } from '../config/edition.ts';
import { HarmoniError } from '../errors.ts';
import { printRaw } from '../ui/print-raw.ts';
import { programName } from '../ui/theme.ts';
import { shells } from './completion/line.ts';
import { oneOf } from './one-of.ts';

/**
 * completion: the script that a shell reads. complete: what that script asks, at every press of Tab, so it makes no app and
 * loads little.
 */
export function addCompletionCommands(program: Command): void {
  program
    .command('completion')
    .argument('<shell>', shells.join(', '), oneOf(shells))
    .description('print the script that completes commands in your shell')
    .action(async (shell: (typeof shells)[number]) => {
      const { completionScript } = await import('./completion/scripts.ts');
      printRaw(completionScript(shell, completedProgram(process.env)));
    });
  program
    .command('complete', { hidden: true })
    .argument('<shell>', '', oneOf(shells))
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (shell: (typeof shells)[number], words: readonly string[]) => {
      const { answer } = await import('./completion/answer.ts');
      printRaw(await answer(program, shell, words, process.env));
    });
}

function completedProgram(env: NodeJS.ProcessEnv) {
  if (/^docker\b/.test(programName(env))) {
    throw new HarmoniError('usage', "Completion doesn't work through docker compose.", {
      fix: 'Use the menu, or run HARMONI from a git clone or npm on this machine.',
    });
  }
  if (isPackaged) return { run: 'harmoni' };
  const startScript = join(programDir, 'start.sh');
  return { run: startScript, startScript };
}
