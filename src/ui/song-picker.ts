import { createPrompt, useKeypress, useState } from '@inquirer/core';
import type { PickRow } from './prompter.ts';
import { commandOf } from './pick-keys.ts';
import type { PickList } from './pick-state.ts';
import { countText, drawPicker, pageSizeOf, pickerHelp, type PickScreen } from './pick-view.ts';
import { useRedraw, type Redrawn } from './redraw.ts';
import type { Theme } from './theme.ts';
import { fit } from './safe-text.ts';

export interface SongPickerConfig {
  readonly message: string;
  readonly rows: readonly PickRow<unknown>[];
  readonly list: PickList;
  readonly theme: Theme;
  /** What the keys cannot tell: what is ticked here, and what for. */
  readonly help?: string;
  readonly drawn: Redrawn;
  /** Asked anew for each key, because terminals are resized. */
  readonly screen: () => PickScreen;
  /** Ends the prompt without an answer. */
  readonly leave: () => void;
}

/** The list to tick: Inquirer's prompts have a filter or ticks, not both. The answer is the ticked positions. */
export const songPicker = createPrompt<readonly number[], SongPickerConfig>((config, done) => {
  const { list, theme } = config;
  const [state, setState] = useState(list.start);
  const [accepted, setAccepted] = useState(false);
  const [helping, setHelping] = useState(false);
  useRedraw(config.drawn);
  const screen = config.screen();
  const help = helping ? pickerHelp(screen, theme, config.help) : [];

  useKeypress((key, line) => {
    const page = pageSizeOf(screen, state.filter, help.length);
    const command = commandOf(key, state, line.line, page);
    if (command.type === 'help' || (helping && key.name === 'escape')) {
      line.clearLine(0);
      line.write(state.filter);
      setHelping(!helping);
      return;
    }
    if (command.type === 'leave') {
      config.leave();
      return;
    }
    if (command.type === 'accept') {
      setAccepted(true);
      done([...state.ticked].sort((a, b) => a - b));
      return;
    }
    const next = list.update(state, command);
    // readline has also taken Tab, Space, ^A ... as keys of its own line.
    if (line.line !== next.filter || key.ctrl || key.name === 'home') {
      line.clearLine(0);
      line.write(next.filter);
    }
    setState(next);
  });

  if (accepted) {
    const { columns } = screen;
    const count = countText({ ...state, filter: '' }, config.rows.length);
    const title = fit(config.message, Math.max(0, columns - count.length - 5), theme.symbols.ellipsis);
    return `${theme.paint(theme.symbols.tick, 'ok')} ${theme.bold(title)}  ${theme.paint(count, 'accent')}`;
  }
  return drawPicker(config.message, config.rows, state, screen, theme, help);
});
