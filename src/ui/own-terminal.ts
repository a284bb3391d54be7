import type { Prompter } from './prompter.ts';
import { createTerminalPrompter } from './terminal-prompter.ts';
import { themeFor } from './theme.ts';

/** The Prompter of the terminal that HARMONI was started in; undefined where there is none (a pipe, a timer). */
export function ownPrompter(env: Readonly<Record<string, string | undefined>>): Prompter | undefined {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  return createTerminalPrompter({ input: stdin, output: stdout }, themeFor(stdout, env));
}
