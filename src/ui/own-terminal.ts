import type { Prompter } from './prompter.ts';
import { isPlain } from './plain.ts';
import { createPlainPrompter } from './plain-prompter.ts';
import { createTerminalPrompter } from './terminal-prompter.ts';
import { themeFor, type Theme } from './theme.ts';

/**
 * The Prompter of the terminal that HARMONI was started in; undefined where there is none (a pipe, a timer).
 * @param workSignal the signal of the work under way when a question is asked, which ends with it
 * @param asShown changes how it looks and reads: `inMenu`
 */
export function ownPrompter(
  env: Readonly<Record<string, string | undefined>>,
  workSignal: () => AbortSignal | undefined,
  asShown: (theme: Theme) => Theme = (theme) => theme,
): Prompter | undefined {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  const terminal = {
    input: stdin,
    output: stdout,
    get signal() {
      return workSignal();
    },
  };
  const theme = asShown(themeFor(stdout, env));
  return isPlain(env) ? createPlainPrompter(terminal, theme) : createTerminalPrompter(terminal, theme);
}
