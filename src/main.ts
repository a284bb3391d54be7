import type { AppOptions } from './app.ts';
import { exitCodeOf, toHarmoniError } from './errors.ts';
import { beginWork, watchInterrupts } from './system/work-signal.ts';
import { surviveLostOutput } from './ui/lost-output.ts';
import { plainOption, plainVariable } from './ui/plain.ts';

type Limits = Pick<AppOptions, 'childSilenceMs'>;

/** Runs HARMONI and returns the exit code of the process. Every failure ends here, as a sentence and a remedy. */
export async function main(args: readonly string[], limits?: Limits): Promise<number> {
  watchInterrupts();
  surviveLostOutput();
  const json = args.includes('--json');
  if (args.includes(plainOption)) process.env[plainVariable] = '1';
  try {
    if (args.every((arg) => arg === plainOption)) {
      const { openMenu } = await import('./menus/main.ts');
      return await openMenu();
    }
    return await runCommand(args, limits);
  } catch (thrown) {
    const { showError } = await import('./ui/show-error.ts');
    const { logFault } = await import('./system/log-fault.ts');
    const error = toHarmoniError(thrown);
    logFault(error, process.env);
    showError(error, json);
    return exitCodeOf(error.code);
  }
}

/** A command is one piece of work from its first moment on: once it is interrupted, none of its steps begins any more. */
async function runCommand(args: readonly string[], limits: Limits | undefined): Promise<number> {
  const work = beginWork();
  try {
    const { runProgram } = await import('./commands/program.ts');
    work.signal.throwIfAborted();
    return await runProgram(args, limits);
  } finally {
    work.done();
  }
}
