import { askUntilBack, type Terminal } from './ask.ts';
import { lookOf, wayBackHint } from './question-look.ts';
import type { Back, InputQuestion } from './prompter.ts';
import type { Redrawn } from './redraw.ts';
import { safeText } from './safe-text.ts';
import type { Theme } from './theme.ts';

/** Asks for a line: by Inquirer's input, or by a prompt of our own for what that one cannot do. */
export async function askInput(
  terminal: Terminal,
  theme: Theme,
  { message, default: given, prefill, hidden, validate, note, signal }: InputQuestion,
): Promise<string | Back> {
  const drawn: Redrawn = { redraw: () => undefined };
  const options = { signal, redraw: () => drawn.redraw() };
  if (prefill !== undefined || hidden === true) {
    const { linePrompt } = await import('./line-prompt.ts');
    const line = {
      message: safeText(message),
      theme,
      drawn,
      ...(prefill === undefined ? {} : { prefill: safeText(prefill) }),
      ...(hidden === undefined ? {} : { hidden }),
      ...(note === undefined ? {} : { note }),
      ...(validate === undefined ? {} : { validate }),
    };
    const leaving = { ...options, leavesNoLine: hidden === true };
    return askUntilBack(terminal, (context) => linePrompt(line, context), leaving);
  }
  const [{ input }, { useRedraw }] = await Promise.all([import('@inquirer/prompts'), import('./redraw.ts')]);
  const config = {
    message: safeText(message),
    theme: lookOfInput(theme, () => useRedraw(drawn)),
    ...(given === undefined ? {} : { default: safeText(given) }),
    ...(validate === undefined ? {} : { validate: (text: string) => asVerdict(validate(text)) }),
  };
  return askUntilBack(terminal, (context) => input(config, context), options);
}

function lookOfInput(theme: Theme, inDrawing: () => void) {
  const look = lookOf(theme, inDrawing);
  const { message } = look.style;
  const withHint = (text: string, status: string) =>
    `${message(text)}${status === 'done' ? '' : theme.paint(wayBackHint, 'dim')}`;
  return { ...look, style: { ...look.style, message: withHint } };
}

function asVerdict(verdict: true | string): true | string {
  return verdict === true ? true : safeText(verdict);
}
