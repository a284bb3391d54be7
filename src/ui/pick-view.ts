import type { PickRow } from './prompter.ts';
import type { PickState } from './pick-state.ts';
import type { Theme } from './theme.ts';
import { displayWidth, fit } from './safe-text.ts';

export interface PickScreen {
  readonly columns: number;
  readonly rows: number;
}

/** How many rows of the list there is room for beside the title, the filter, the detail line and the keys. */
export function pageSizeOf(screen: PickScreen, filter: string): number {
  const filterLines = Math.floor((displayWidth(filterLabel) + displayWidth(filter)) / screen.columns);
  return Math.max(3, screen.rows - 5 - filterLines);
}

const filterLabel = '  Filter: ';

/** "37 of 2000 ticked", and how many the filter shows. */
export function countText(state: PickState, total: number): string {
  const ticked = `${state.ticked.size} of ${total} ticked`;
  return state.filter === '' ? ticked : `${ticked}, ${state.shown.length} shown`;
}

/**
 * The picker as text: what stands above the cursor (it ends with the filter, which readline edits) and below.
 * Only the rows in the window are made, so 10,000 cost what 20 cost. No line is as wide as the terminal.
 */
export function drawPicker(
  message: string,
  rows: readonly PickRow<unknown>[],
  state: PickState,
  screen: PickScreen,
  theme: Theme,
): [top: string, bottom: string] {
  const width = screen.columns - 1;
  const ellipsis = theme.symbols.ellipsis;
  const count = countText(state, rows.length);
  const title = fit(message, Math.max(0, width - displayWidth(count) - 4), ellipsis);
  const top = `${theme.paint('?', 'accent')} ${theme.bold(title)}  ${theme.paint(count, 'dim')}\n${filterLabel}${state.filter}`;

  const page = pageSizeOf(screen, state.filter);
  const start = Math.max(0, Math.min(state.cursor - Math.floor(page / 2), state.shown.length - page));
  const window = state.shown.slice(start, start + page);
  const lines = window.map((index, place) =>
    drawRow(rows[index], state.ticked.has(index), start + place === state.cursor, width, theme),
  );
  if (lines.length === 0) lines.push(theme.paint('  Nothing matches the filter.', 'warn'));

  const current = rows[state.shown[state.cursor] ?? -1];
  const detail = current?.disabled ?? current?.description;
  lines.push(detail === undefined ? '' : theme.paint(`  ${fit(detail, width - 2, ellipsis)}`, 'dim'));
  lines.push(theme.paint(keysText(state, width, theme), 'dim'));
  return [top, lines.join('\n')];
}

function drawRow(
  row: PickRow<unknown> | undefined,
  ticked: boolean,
  active: boolean,
  width: number,
  theme: Theme,
): string {
  if (row === undefined) return '';
  const { pointer, ellipsis } = theme.symbols;
  const box = row.disabled !== undefined ? ' - ' : ticked ? '[x]' : '[ ]';
  const mark = row.mark === undefined ? '' : `  ${fit(row.mark, Math.floor(width / 3), ellipsis)}`;
  const name = fit(row.name, width - 6 - displayWidth(mark), ellipsis);
  const text = `${active ? pointer : ' '} ${box} ${name}`;
  const tone = active ? 'accent' : row.disabled !== undefined ? 'dim' : undefined;
  return theme.paint(text, tone) + theme.paint(mark, 'dim');
}

/** The longest of the lists of keys that fits in one line. */
function keysText(state: PickState, width: number, theme: Theme): string {
  const between = ` ${theme.symbols.bullet} `;
  const tick = `${state.browsing ? 'space' : 'tab'} tick`;
  const escape = state.filter === '' ? 'esc back' : 'esc clear';
  const lists = [
    [tick, 'type to find', '^A all', '^N none', '^R invert', 'enter ok', escape],
    [tick, '^A all', '^N none', 'enter ok', escape],
    [tick, 'enter ok', escape],
  ];
  const texts = lists.map((keys) => keys.join(between));
  return texts.find((text) => text.length <= width) ?? '';
}
