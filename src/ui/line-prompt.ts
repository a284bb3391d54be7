import { createPrompt, isEnterKey, useEffect, useKeypress, useState } from '@inquirer/core';
import { wayBackHint } from './question-look.ts';
import { useRedraw, type Redrawn } from './redraw.ts';
import { safeText } from './safe-text.ts';
import type { Theme } from './theme.ts';

export interface LinePromptConfig {
  readonly message: string;
  readonly theme: Theme;
  readonly drawn: Redrawn;
  /** Stands there to be edited; unlike a default it can be emptied. */
  readonly prefill?: string;
  /** What is typed or pasted is counted and never shown. */
  readonly hidden?: boolean;
  readonly validate?: (text: string) => true | string;
  /** A line below that is asked for anew every second. */
  readonly note?: () => string;
}

/**
 * A line of text for what Inquirer's own prompts cannot do: an answer that may be empty although something stood there,
 * and a pasted one of several hundred characters that keeps its secrets and its place on the screen.
 */
export const linePrompt = createPrompt<string, LinePromptConfig>((config, done) => {
  const { theme, hidden = false, prefill = '' } = config;
  useRedraw(config.drawn);
  const [value, setValue] = useState(prefill);
  const [problem, setProblem] = useState('');
  const [accepted, setAccepted] = useState(false);
  const [note, setNote] = useState(config.note?.() ?? '');

  useEffect((line) => {
    if (!hidden) line.write(prefill);
  }, []);
  useEffect(() => {
    if (config.note === undefined) return;
    const timer = setInterval(() => setNote(config.note?.() ?? ''), 1_000);
    return () => clearInterval(timer);
  }, []);
  useKeypress((key, line) => {
    if (isEnterKey(key)) {
      const verdict = config.validate?.(value) ?? true;
      if (verdict !== true) {
        // Enter has emptied readline's own line.
        if (!hidden) line.write(value);
        setProblem(safeText(verdict));
        return;
      }
      setAccepted(true);
      done(value);
      return;
    }
    setProblem('');
    if (!hidden) {
      setValue(line.line);
      return;
    }
    const erases = key.name === 'backspace';
    setValue(erases ? '' : value + line.line);
    line.clearLine(0);
  });

  const typed = hidden && value !== '' ? theme.paint(`[${value.length} characters]`, 'dim') : value;
  const shown = hidden ? typed : accepted ? theme.paint(value, 'accent') : value;
  const prefix = accepted ? theme.paint(theme.symbols.tick, 'ok') : theme.paint('?', 'accent');
  const below = accepted || note === '' ? '' : theme.paint(note, 'dim');
  const error = problem === '' ? below : theme.paint(`${theme.symbols.cross} ${problem}`, 'fail');
  const hint = accepted || hidden ? '' : theme.paint(wayBackHint, 'dim');
  return [`${prefix} ${theme.bold(config.message)}${hint} ${shown}`, error];
});
