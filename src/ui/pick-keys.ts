import type { PickAction, PickState } from './pick-state.ts';

/** A key as readline names it. */
export interface PickKey {
  readonly name: string;
  readonly ctrl: boolean;
}

export type PickCommand =
  PickAction | { readonly type: 'accept' } | { readonly type: 'leave' } | { readonly type: 'help' };

const listKeys: Readonly<Record<string, PickAction>> = {
  up: { type: 'move', by: -1 },
  down: { type: 'move', by: 1 },
  home: { type: 'move', by: -Infinity },
  end: { type: 'move', by: Infinity },
  tab: { type: 'toggle' },
};
const controlKeys: Readonly<Record<string, PickAction>> = {
  a: { type: 'tick-shown' },
  n: { type: 'untick-shown' },
  r: { type: 'invert-shown' },
  t: { type: 'invert-shown' },
};

/**
 * What a key means now. Letters belong to the filter, so the commands are keys that write nothing; Space is both:
 * it ticks while the list is browsed and divides words while the filter is typed. `?` begins no filter: it is for help.
 * @param line what readline holds after the key: the filter, if the key was for it
 * @param page how many rows a page has
 */
export function commandOf(key: PickKey, state: PickState, line: string, page: number): PickCommand {
  const command = key.ctrl ? controlKeys[key.name] : listKeys[key.name];
  if (command !== undefined) return command;
  if (key.name === 'return' || key.name === 'enter') return { type: 'accept' };
  if (key.name === 'escape') return state.filter === '' ? { type: 'leave' } : { type: 'filter', text: '' };
  if (key.name === 'pageup') return { type: 'move', by: -page };
  if (key.name === 'pagedown') return { type: 'move', by: page };
  if (line === '?' && state.filter === '') return { type: 'help' };
  if (key.name === 'space' && state.browsing) return { type: 'toggle' };
  return { type: 'filter', text: line };
}
