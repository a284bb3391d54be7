import { askUntilBack, makeEscapeQuick, type AskOptions, type Key, type Terminal } from './ask.ts';
import { createPickList } from './pick-state.ts';
import type { Prompter } from './prompter.ts';
import type { Redrawn } from './redraw.ts';
import { paragraph, safeText } from './safe-text.ts';
import { selectStepsOf, silence } from './select-keys.ts';
import { viewConfirm, viewSelect } from './select-view.ts';
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
  const { paint, symbols } = theme;
  const screen = () => ({ columns: terminal.output.columns ?? 80, rows: terminal.output.rows ?? 24 });

  /** Makes a key so many arrow keys: the last is the key itself. */
  function press(key: Key, steps: number): void {
    if (steps === 0) {
      silence(key);
      return;
    }
    key.name = steps < 0 ? 'up' : 'down';
    for (let step = 1; step < Math.abs(steps); step++) {
      terminal.input.emit('keypress', undefined, { name: key.name });
    }
  }

  /** How Inquirer's own prompts look. `inDrawing` is called once in each drawing, among Inquirer's hooks. */
  const lookOf = (inDrawing: () => void) => ({
    prefix: { idle: paint('?', 'accent'), done: paint(symbols.tick, 'ok') },
    style: {
      message: (text: string) => {
        inDrawing();
        return theme.bold(text);
      },
      answer: (text: string) => paint(text, 'accent'),
      // An item may have several lines, and a list shows the first of them only.
      highlight: (text: string) => text.replace(/.+/g, (line) => paint(line, 'accent')),
      error: (text: string) => paint(`${symbols.cross} ${text}`, 'fail'),
      defaultAnswer: (text: string) => paint(`(${text})`, 'dim'),
      help: (text: string) => paint(text, 'dim'),
    },
  });

  return {
    async select(question) {
      const [{ select }, { useRedraw }] = await Promise.all([
        import('@inquirer/prompts'),
        import('./redraw.ts'),
      ]);
      const drawn: Redrawn = { redraw: () => undefined };
      const look = lookOf(() => useRedraw(drawn));
      const config = {
        ...viewSelect(question, screen(), theme, false),
        loop: false,
        theme: {
          ...look,
          icon: { cursor: symbols.pointer },
          i18n: { disabledError: 'This cannot be chosen.' },
          style: {
            ...look.style,
            disabled: (text: string) => paint(text, 'dim'),
            description: (text: string) => paint(text, 'dim'),
            keysHelpTip: () => config.foot,
          },
        },
        ...('default' in question ? { default: question.default } : {}),
      };
      const help = explainable((helping) => {
        Object.assign(config, viewSelect(question, screen(), theme, helping));
        drawn.redraw();
      });
      return askUntilBack(terminal, (context) => select(config, context), {
        redraw: help.redraw,
        onKey(key, text) {
          if (help.onKey(key, text)) return true;
          const steps = selectStepsOf(key, text, config.page, config.choices.length);
          if (steps !== 'own') press(key, steps);
          return false;
        },
      });
    },

    async pick({ message, rows, help }) {
      const { songPicker } = await import('./song-picker.ts');
      const drawn: Redrawn = { redraw: () => undefined };
      const about = help === undefined ? {} : { help };
      const config = { message, rows, list: createPickList(rows), theme, screen, drawn, ...about };
      const ticked = await askUntilBack(
        terminal,
        (context, leave) => songPicker({ ...config, leave }, context),
        { ownEscape: true, redraw: () => drawn.redraw() },
      );
      return typeof ticked === 'symbol'
        ? ticked
        : ticked.flatMap((index) => rows.slice(index, index + 1)).map((row) => row.value);
    },

    async confirm(question) {
      const [{ confirm }, { useRedraw }] = await Promise.all([
        import('@inquirer/prompts'),
        import('./redraw.ts'),
      ]);
      const drawn: Redrawn = { redraw: () => undefined };
      const look = lookOf(() => useRedraw(drawn));
      const config = {
        ...viewConfirm(question, screen(), theme, false),
        default: question.default,
        theme: {
          ...look,
          style: {
            ...look.style,
            message: (text: string, status: string) =>
              look.style.message(text) + (status === 'done' ? '' : config.help),
            defaultAnswer: (text: string) => paint(`(${text}${config.hint})`, 'dim'),
          },
        },
      };
      const help = explainable((helping) => {
        Object.assign(config, viewConfirm(question, screen(), theme, helping));
        drawn.redraw();
      });
      return askUntilBack(terminal, (context) => confirm(config, context), help);
    },

    async input({ message, default: given, prefill, hidden, validate, note, signal }) {
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
      const [{ input }, { useRedraw }] = await Promise.all([
        import('@inquirer/prompts'),
        import('./redraw.ts'),
      ]);
      const config = {
        message: safeText(message),
        theme: lookOf(() => useRedraw(drawn)),
        ...(given === undefined ? {} : { default: safeText(given) }),
        ...(validate === undefined ? {} : { validate: (text: string) => asVerdict(validate(text)) }),
      };
      return askUntilBack(terminal, (context) => input(config, context), options);
    },

    say(text, tone) {
      terminal.output.write(`${paint(paragraph(theme.local(text), screen().columns), tone)}\n`);
    },
  };
}

/** A question with a help that `?` shows and takes away again, and Esc takes away before it goes back. */
function explainable(draw: (helping: boolean) => void): Required<Pick<AskOptions, 'onKey' | 'redraw'>> {
  let helping = false;
  const redraw = () => draw(helping);
  return {
    redraw,
    onKey(key, text) {
      const toggles = text === '?' || (helping && key.name === 'escape');
      if (!toggles) return false;
      helping = !helping;
      silence(key);
      redraw();
      return true;
    },
  };
}

function asVerdict(verdict: true | string): true | string {
  return verdict === true ? true : safeText(verdict);
}
