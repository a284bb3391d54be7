import { makeEscapeQuick, type Terminal } from './ask.ts';
import { askConfirm } from './confirm-question.ts';
import { screenOf } from './frame.ts';
import { askInput } from './input-question.ts';
import { askPick } from './pick-question.ts';
import type { Prompter } from './prompter.ts';
import { paragraph } from './safe-text.ts';
import { askSelect } from './select-question.ts';
import type { Theme } from './theme.ts';

/**
 * The Prompter of a terminal, on Inquirer. Inquirer is loaded with the first question.
 * Esc, Ctrl+C and Ctrl+D answer `back`; `?` explains, and every question is drawn anew when the terminal is resized.
 *
 * Inquirer reads what it is configured with in every drawing. So a question that looks otherwise now, because of its
 * help or of the size, changes its own configuration and asks for a drawing.
 */
export function createTerminalPrompter(terminal: Terminal, theme: Theme): Prompter {
  makeEscapeQuick(terminal.input);
  return {
    select: (question) => askSelect(terminal, theme, question),
    pick: (question) => askPick(terminal, theme, question),
    confirm: (question) => askConfirm(terminal, theme, question),
    input: (question) => askInput(terminal, theme, question),
    say(text, tone) {
      const { columns } = screenOf(terminal.output);
      terminal.output.write(`${theme.paint(paragraph(theme.local(text), columns), tone)}\n`);
    },
  };
}
