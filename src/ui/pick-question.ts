import { askUntilBack, type Terminal } from './ask.ts';
import { screenOf } from './frame.ts';
import { createPickList } from './pick-state.ts';
import type { Back, PickQuestion } from './prompter.ts';
import type { Redrawn } from './redraw.ts';
import type { Theme } from './theme.ts';

/** Asks by the song picker. The answer is the values of the ticked rows, in their order. */
export async function askPick<T>(
  terminal: Terminal,
  theme: Theme,
  { message, rows, help }: PickQuestion<T>,
): Promise<readonly T[] | Back> {
  const { songPicker } = await import('./song-picker.ts');
  const drawn: Redrawn = { redraw: () => undefined };
  const about = help === undefined ? {} : { help };
  const config = {
    message,
    rows,
    list: createPickList(rows),
    theme,
    screen: () => screenOf(terminal.output),
    drawn,
    ...about,
  };
  const ticked = await askUntilBack(terminal, (context, leave) => songPicker({ ...config, leave }, context), {
    ownEscape: true,
    redraw: () => drawn.redraw(),
  });
  return typeof ticked === 'symbol'
    ? ticked
    : ticked.flatMap((index) => rows.slice(index, index + 1)).map((row) => row.value);
}
