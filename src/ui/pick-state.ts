import { createRowFilter } from './row-filter.ts';

export interface PickState {
  readonly ticked: ReadonlySet<number>;
  readonly filter: string;
  /** The rows that the filter lets through. */
  readonly shown: readonly number[];
  /** Counts within `shown`. */
  readonly cursor: number;
  /** The last key was for the list and not for the filter: Space ticks then, instead of dividing words. */
  readonly browsing: boolean;
}

export type PickAction =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'toggle' | 'tick-shown' | 'untick-shown' | 'invert-shown' }
  | { readonly type: 'filter'; readonly text: string };

export interface PickList {
  readonly start: PickState;
  readonly update: (state: PickState, action: PickAction) => PickState;
}

/** What the song picker knows and how a key changes it, apart from the terminal. */
export function createPickList(
  rows: readonly { readonly name: string; readonly checked: boolean; readonly disabled?: string }[],
): PickList {
  const filterRows = createRowFilter(rows.map((row) => row.name));
  const canTick = (index: number) => rows[index]?.disabled === undefined;
  const shownAtStart = filterRows('');

  function changeTicks(
    state: PickState,
    rowsToChange: readonly number[],
    how: boolean | 'invert',
  ): PickState {
    const ticked = new Set(state.ticked);
    for (const index of rowsToChange.filter(canTick)) {
      const tick = how === 'invert' ? !ticked.has(index) : how;
      if (tick) ticked.add(index);
      else ticked.delete(index);
    }
    return { ...state, ticked, browsing: true };
  }

  /** The cursor stays on its row where the filter still shows it. */
  function changeFilter(state: PickState, text: string): PickState {
    const shown = filterRows(text);
    const row = state.shown[state.cursor];
    const cursor = row === undefined ? 0 : Math.max(0, shown.indexOf(row));
    return { ...state, filter: text, shown, cursor, browsing: text === '' };
  }

  return {
    start: {
      ticked: new Set(shownAtStart.filter((index) => rows[index]?.checked === true && canTick(index))),
      filter: '',
      shown: shownAtStart,
      cursor: 0,
      browsing: true,
    },
    update(state, action) {
      switch (action.type) {
        case 'move': {
          const last = Math.max(0, state.shown.length - 1);
          return { ...state, cursor: Math.min(last, Math.max(0, state.cursor + action.by)), browsing: true };
        }
        case 'filter':
          return changeFilter(state, action.text);
        case 'toggle':
          return changeTicks(state, state.shown.slice(state.cursor, state.cursor + 1), 'invert');
        case 'tick-shown':
          return changeTicks(state, state.shown, true);
        case 'untick-shown':
          return changeTicks(state, state.shown, false);
        case 'invert-shown':
          return changeTicks(state, state.shown, 'invert');
      }
    },
  };
}
