import { HarmoniError } from '../errors.ts';
import type { Prompter } from './prompter.ts';
import { safeLines, safeText } from './safe-text.ts';
import type { Theme } from './theme.ts';

/** The Prompter of scripts, pipes and timers: what it says goes to `output` (stderr), every question is an error. */
export function createPrompterWithoutTerminal(output: NodeJS.WritableStream, { local }: Theme): Prompter {
  const refuse = (question: string, fix: string): never => {
    throw new HarmoniError('usage', `There's no terminal to ask in: ${safeText(question)}`, { fix });
  };
  return {
    select: async ({ message }) =>
      refuse(message, 'Use a command-line option instead (see harmoni --help), or run it in a terminal.'),
    pick: async ({ message }) =>
      refuse(message, 'Add --yes to take everything new, or --limit N to take fewer songs.'),
    confirm: async ({ message }) => refuse(message, 'Add --yes to agree in advance.'),
    input: async ({ message }) =>
      refuse(message, 'Use a command-line option instead (see harmoni --help), or run it in a terminal.'),
    say: (text) => void output.write(`${local(safeLines(text))}\n`),
  };
}
