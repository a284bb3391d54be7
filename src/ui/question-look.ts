import type { Theme } from './theme.ts';

/** What leads out of a question for a text, which has no line of keys below it. */
export const wayBackHint = ' (esc back)';

/** How Inquirer's own prompts look. `inDrawing` is called once in each drawing, among Inquirer's hooks. */
export function lookOf({ paint, bold, symbols }: Theme, inDrawing: () => void) {
  return {
    prefix: { idle: paint('?', 'accent'), done: paint(symbols.tick, 'ok') },
    style: {
      message: (text: string) => {
        inDrawing();
        return bold(text);
      },
      answer: (text: string) => paint(text, 'accent'),
      // An item may have several lines, and a list shows the first of them only.
      highlight: (text: string) => text.replace(/.+/g, (line) => paint(line, 'accent')),
      error: (text: string) => paint(`${symbols.cross} ${text}`, 'fail'),
      defaultAnswer: (text: string) => paint(`(${text})`, 'dim'),
      help: (text: string) => paint(text, 'dim'),
    },
  };
}
