import { exitCodeOf, toHarmoniError } from '../errors.ts';

/** Runs HARMONI and returns the exit code of the process. Every failure ends here, as a sentence and a remedy. */
export async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json');
  try {
    if (args.length === 0) {
      const { openMenu } = await import('../menus/main.ts');
      return await openMenu();
    }
    const { runProgram } = await import('./program.ts');
    return await runProgram(args);
  } catch (thrown) {
    const { showError } = await import('../ui/show-error.ts');
    const error = toHarmoniError(thrown);
    showError(error, json);
    return exitCodeOf(error.code);
  }
}
