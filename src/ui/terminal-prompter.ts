import { makeEscapeQuick, type Terminal } from './ask.ts';
import { screenOf } from './frame.ts';
import type { Prompter } from './prompter.ts';
import { paragraph } from './safe-text.ts';
import type { Theme } from './theme.ts';

/**
 * The Prompter of a terminal, on Inquirer. Each kind of question is loaded when it's first asked, with what it takes of
 * Inquirer: the first menu asks one.
 * Esc, Ctrl+C and Ctrl+D answer `back`; `?` explains, and every question is drawn anew when the terminal is resized.
 *
 * Inquirer reads what it is configured with in every drawing. So a question that looks otherwise now, because of its
 * help or of the size, changes its own configuration and asks for a drawing.
 */
export function createTerminalPrompter(terminal: Terminal, theme: Theme): Prompter {
  makeEscapeQuick(terminal.input);
  return {
    select: async (question) => (await import('./select-question.ts')).askSelect(terminal, theme, question),
    pick: async (question) => (await import('./pick-question.ts')).askPick(terminal, theme, question),
    confirm: async (question) =>
      (await import('./confirm-question.ts')).askConfirm(terminal, theme, question),
    input: async (question) => (await import('./input-question.ts')).askInput(terminal, theme, question),
    say(text, tone) {
      const { columns } = screenOf(terminal.output);
      terminal.output.write(`${theme.paint(paragraph(theme.local(text), columns), tone)}\n`);
    },
  };
}
