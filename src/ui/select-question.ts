// @inquirer/prompts has it too, with all its others: three times the time to load, before the first menu.
import select from '@inquirer/select';
import { askUntilBack, untilAnyKey, type Key, type Terminal } from './ask.ts';
import { screenOf } from './frame.ts';
import { back, type Back, type SelectKey, type SelectQuestion } from './prompter.ts';
import { explainable } from './question-help.ts';
import { lookOf } from './question-look.ts';
import { useRedraw, type Redrawn } from './redraw.ts';
import { selectStepsOf, silence } from './select-keys.ts';
import { viewSelect } from './select-view.ts';
import type { Theme } from './theme.ts';

/** Asks by Inquirer's select, with page keys, with descriptions on `?` and with the question's own keys. */
export async function askSelect<T>(
  terminal: Terminal,
  theme: Theme,
  question: SelectQuestion<T>,
): Promise<T | Back> {
  let asked = question;
  for (;;) {
    const { answer, pressed } = await askOnce(terminal, theme, asked);
    if (answer === back || pressed === undefined) return answer;
    await untilAnyKey(terminal, (signal) => pressed.run(answer, signal));
    asked = { ...question, default: answer };
  }
}

/** Own keys end the prompt, as its Enter does: only Inquirer knows where its cursor is. */
async function askOnce<T>(
  terminal: Terminal,
  theme: Theme,
  question: SelectQuestion<T>,
): Promise<{ readonly answer: T | Back; readonly pressed: SelectKey<T> | undefined }> {
  let pressed: SelectKey<T> | undefined;
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
  const answer = await askUntilBack(terminal, (context) => select(config, context), {
    redraw: help.redraw,
    get leavesNoLine() {
      return pressed !== undefined;
    },
    onKey(key, text) {
      if (help.onKey(key, text)) return true;
      pressed = question.keys?.find((own) => own.key === text);
      if (pressed !== undefined) {
        key.name = 'return';
        return false;
      }
      const steps = selectStepsOf(key, text, config.page, config.choices.length);
      if (steps !== 'own') press(terminal.input, key, steps);
      return false;
    },
  });
  return { answer, pressed };
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
