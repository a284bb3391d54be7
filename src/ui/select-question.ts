// @inquirer/prompts has it too, with all its others: three times the time to load, before the first menu.
import select from '@inquirer/select';
import { askUntilBack, type Key, type Terminal } from './ask.ts';
import { screenOf } from './frame.ts';
import type { Back, SelectQuestion } from './prompter.ts';
import { explainable } from './question-help.ts';
import { lookOf } from './question-look.ts';
import { useRedraw, type Redrawn } from './redraw.ts';
import { selectStepsOf, silence } from './select-keys.ts';
import { viewSelect } from './select-view.ts';
import type { Theme } from './theme.ts';

/** Asks by Inquirer's select, with page keys and with descriptions on `?`. */
export async function askSelect<T>(
  terminal: Terminal,
  theme: Theme,
  question: SelectQuestion<T>,
): Promise<T | Back> {
  const drawn: Redrawn = { redraw: () => undefined };
  const look = lookOf(theme, () => useRedraw(drawn));
  const config = {
    ...viewSelect(question, screenOf(terminal.output), theme, false),
    loop: false,
    theme: {
      ...look,
      icon: { cursor: theme.symbols.pointer },
      i18n: { disabledError: "This can't be chosen." },
      style: {
        ...look.style,
        disabled: (text: string) => theme.paint(text, 'dim'),
        description: (text: string) => theme.paint(text, 'dim'),
        keysHelpTip: () => config.foot,
      },
    },
    ...('default' in question ? { default: question.default } : {}),
  };
  const help = explainable((helping) => {
    Object.assign(config, viewSelect(question, screenOf(terminal.output), theme, helping));
    drawn.redraw();
  });
  return askUntilBack(terminal, (context) => select(config, context), {
    redraw: help.redraw,
    onKey(key, text) {
      if (help.onKey(key, text)) return true;
      const steps = selectStepsOf(key, text, config.page, config.choices.length);
      if (steps !== 'own') press(terminal.input, key, steps);
      return false;
    },
  });
}

/** Makes a key so many arrow keys: the last is the key itself. */
function press(input: NodeJS.ReadableStream, key: Key, steps: number): void {
  if (steps === 0) {
    silence(key);
    return;
  }
  key.name = steps < 0 ? 'up' : 'down';
  for (let step = 1; step < Math.abs(steps); step++) {
    input.emit('keypress', undefined, { name: key.name });
  }
}
