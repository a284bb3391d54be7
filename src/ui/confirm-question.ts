import { confirm } from '@inquirer/prompts';
import { askUntilBack, type Terminal } from './ask.ts';
import { screenOf } from './frame.ts';
import type { Back, ConfirmQuestion } from './prompter.ts';
import { explainable } from './question-help.ts';
import { lookOf } from './question-look.ts';
import { useRedraw, type Redrawn } from './redraw.ts';
import { viewConfirm } from './select-view.ts';
import type { Theme } from './theme.ts';

/** Asks by Inquirer's confirm, with the help of the question on `?`. */
export async function askConfirm(
  terminal: Terminal,
  theme: Theme,
  question: ConfirmQuestion,
): Promise<boolean | Back> {
  const drawn: Redrawn = { redraw: () => undefined };
  const look = lookOf(theme, () => useRedraw(drawn));
  const config = {
    ...viewConfirm(question, screenOf(terminal.output), theme, false),
    default: question.default,
    theme: {
      ...look,
      style: {
        ...look.style,
        message: (text: string, status: string) =>
          look.style.message(text) + (status === 'done' ? '' : config.help),
        defaultAnswer: (text: string) => theme.paint(`(${text}${config.hint})`, 'dim'),
      },
    },
  };
  const help = explainable((helping) => {
    Object.assign(config, viewConfirm(question, screenOf(terminal.output), theme, helping));
    drawn.redraw();
  });
  return askUntilBack(terminal, (context) => confirm(config, context), help);
}
