import type { Choice, Prompter } from './prompter.ts';
import { askUntilBack, makeEscapeQuick, type Terminal } from './ask.ts';
import { createPickList } from './pick-state.ts';
import { displayWidth, fit, paragraph, safeText } from './safe-text.ts';
import type { Theme } from './theme.ts';

/**
 * The Prompter of a terminal, on Inquirer. Inquirer is loaded with the first question.
 * Esc, Ctrl+C and Ctrl+D answer `back`.
 */
export function createTerminalPrompter(terminal: Terminal, theme: Theme): Prompter {
  makeEscapeQuick(terminal.input);
  const { paint, symbols } = theme;
  const screen = () => ({ columns: terminal.output.columns ?? 80, rows: terminal.output.rows ?? 24 });
  const between = ` ${symbols.bullet} `;
  const look = {
    prefix: { idle: paint('?', 'accent'), done: paint(symbols.tick, 'ok') },
    style: {
      message: (text: string) => theme.bold(text),
      answer: (text: string) => paint(text, 'accent'),
      highlight: (text: string) => paint(text, 'accent'),
      error: (text: string) => paint(`${symbols.cross} ${text}`, 'fail'),
      defaultAnswer: (text: string) => paint(`(${text})`, 'dim'),
      help: (text: string) => paint(text, 'dim'),
    },
  };
  const selectLook = {
    ...look,
    icon: { cursor: symbols.pointer },
    i18n: { disabledError: 'This cannot be chosen.' },
    style: {
      ...look.style,
      disabled: (text: string) => paint(text, 'dim'),
      description: (text: string) => paint(text, 'dim'),
      keysHelpTip: () => paint([`${symbols.upDown} move`, 'enter choose', 'esc back'].join(between), 'dim'),
    },
  };

  /** A choice that takes one line; its reason, when it cannot be chosen, stands behind the name. */
  function asChoice<T>({ value, name, description, disabled }: Choice<T>, columns: number) {
    const reason =
      disabled === undefined ? undefined : `(${fit(disabled, Math.floor(columns / 2), symbols.ellipsis)})`;
    const room = columns - 4 - (reason === undefined ? 0 : displayWidth(reason) + 1);
    const shown = fit(name, room, symbols.ellipsis);
    return {
      value,
      name: shown,
      short: shown,
      ...(description === undefined ? {} : { description: paragraph(description, columns - 1) }),
      ...(reason === undefined ? {} : { disabled: reason }),
    };
  }

  return {
    async select(question) {
      const { select } = await import('@inquirer/prompts');
      const { columns, rows } = screen();
      const message = paragraph(question.message, columns - 3);
      const choices = question.choices.map((choice) => asChoice(choice, columns));
      const linesOf = (text = '') => text.split('\n').length;
      const description = Math.max(1, ...choices.map((choice) => linesOf(choice.description)));
      const config = {
        message,
        choices,
        pageSize: Math.max(3, rows - linesOf(message) - description - 3),
        loop: false,
        theme: selectLook,
        ...('default' in question ? { default: question.default } : {}),
      };
      return askUntilBack(terminal, (context) => select(config, context));
    },

    async pick({ message, rows }) {
      const { songPicker } = await import('./song-picker.ts');
      const ticked = await askUntilBack(
        terminal,
        (context, leave) =>
          songPicker({ message, rows, list: createPickList(rows), theme, screen, leave }, context),
        { ownEscape: true },
      );
      return typeof ticked === 'symbol'
        ? ticked
        : ticked.flatMap((index) => rows.slice(index, index + 1)).map((row) => row.value);
    },

    async confirm(question) {
      const { confirm } = await import('@inquirer/prompts');
      const config = { message: safeText(question.message), default: question.default, theme: look };
      return askUntilBack(terminal, (context) => confirm(config, context));
    },

    async input({ message, default: given, prefill, hidden, validate, note, signal }) {
      if (prefill !== undefined || hidden === true) {
        const { linePrompt } = await import('./line-prompt.ts');
        const line = {
          message: safeText(message),
          theme,
          ...(prefill === undefined ? {} : { prefill: safeText(prefill) }),
          ...(hidden === undefined ? {} : { hidden }),
          ...(note === undefined ? {} : { note }),
          ...(validate === undefined ? {} : { validate }),
        };
        const options = { signal, leavesNoLine: hidden === true };
        return askUntilBack(terminal, (context) => linePrompt(line, context), options);
      }
      const { input } = await import('@inquirer/prompts');
      const config = {
        message: safeText(message),
        theme: look,
        ...(given === undefined ? {} : { default: safeText(given) }),
        ...(validate === undefined ? {} : { validate: (text: string) => asVerdict(validate(text)) }),
      };
      return askUntilBack(terminal, (context) => input(config, context), { signal });
    },

    say(text, tone) {
      terminal.output.write(`${paint(paragraph(text, screen().columns), tone)}\n`);
    },
  };
}

function asVerdict(verdict: true | string): true | string {
  return verdict === true ? true : safeText(verdict);
}
