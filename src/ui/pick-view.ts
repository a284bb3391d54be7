import { helpLines, keyLine, type HelpRow } from './help-text.ts';
import type { PickRow } from './prompter.ts';
import type { PickState } from './pick-state.ts';
import type { Theme } from './theme.ts';
import { displayWidth, fit } from './safe-text.ts';

export interface PickScreen {
  readonly columns: number;
  readonly rows: number;
}

/** How many rows of the list there is room for beside the title, the filter, the detail line, a help and the keys. */
export function pageSizeOf(screen: PickScreen, filter: string, helpHeight = 0): number {
  const filterLines = Math.floor((displayWidth(filterLabel) + displayWidth(filter)) / screen.columns);
  return Math.max(leastRows, screen.rows - 5 - filterLines - helpHeight);
}

const leastRows = 3;

const filterLabel = '  Filter: ';

/** "37 of 2000 ticked", and how many the filter shows. */
export function countText(state: PickState, total: number): string {
  const ticked = `${state.ticked.size} of ${total} selected`;
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
  help: readonly string[] = [],
): [top: string, bottom: string] {
  const width = screen.columns - 1;
  const ellipsis = theme.symbols.ellipsis;
  const count = countText(state, rows.length);
  const title = fit(message, Math.max(0, width - displayWidth(count) - 4), ellipsis);
  const top = `${theme.paint('?', 'accent')} ${theme.bold(title)}  ${theme.paint(count, 'dim')}\n${filterLabel}${state.filter}`;

  const page = pageSizeOf(screen, state.filter, help.length);
  const start = Math.max(0, Math.min(state.cursor - Math.floor(page / 2), state.shown.length - page));
  const window = state.shown.slice(start, start + page);
  const lines = window.map((index, place) =>
    drawRow(rows[index], state.ticked.has(index), start + place === state.cursor, width, theme),
  );
  if (lines.length === 0)
    lines.push(
      theme.paint(rows.length === 0 ? '  Nothing to choose from.' : '  No matches for this filter.', 'warn'),
    );

  const current = rows[state.shown[state.cursor] ?? -1];
  const detail = current?.disabled ?? current?.description;
  lines.push(detail === undefined ? '' : theme.paint(`  ${fit(detail, width - 2, ellipsis)}`, 'dim'));
  lines.push(...help, keysText(state, width, theme, help.length > 0));
  return [top, lines.join('\n')];
}

/** The help of the picker for a screen of this size: what its keys do and its signs mean. */
export function pickerHelp(screen: PickScreen, theme: Theme, about?: string): string[] {
  const room = Math.max(0, screen.rows - 5 - leastRows);
  return helpLines({ about, rows: helpRows(theme) }, screen.columns - 1, room, theme);
}

const helpRows = ({ symbols: { upDown } }: Theme): HelpRow[] => [
  ['space, tab', 'select or deselect a row (use tab while you type)'],
  ['letters', 'filter rows by words (space is then part of the filter)'],
  ['enter', 'continue with all selected rows, shown or hidden'],
  ['^A, ^N, ^R', 'select all, none, or invert (shown rows only)'],
  [upDown, 'move (PgUp, PgDn, Home and End move further)'],
  ['esc, ^C', 'esc clears the filter or goes back, ^C always goes back'],
  [' -  greyed', "can't be selected (the line below the list says why)"],
  ['in your library', "you have this song, so it won't be downloaded again"],
];

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

function keysText(state: PickState, width: number, theme: Theme, helping: boolean): string {
  const tick = `${state.browsing ? 'space' : 'tab'} select`;
  if (helping) return keyLine([[tick, 'enter ok', '? or esc close help'], ['esc close help']], width, theme);
  const escape = state.filter === '' ? 'esc back' : 'esc clear';
  // Within a filter it is a letter.
  const help = state.filter === '' ? ['? help'] : [];
  const lists = [
    [tick, 'type to find', '^A all', '^N none', '^R invert', 'enter ok', escape, ...help],
    [tick, 'type to find', '^A all', '^N none', 'enter ok', escape, ...help],
    [tick, '^A all', '^N none', 'enter ok', escape, ...help],
    [tick, 'enter ok', escape, ...help],
    [tick, 'enter ok', ...help],
  ];
  return keyLine(lists, width, theme);
}
