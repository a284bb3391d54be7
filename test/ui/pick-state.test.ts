import { describe, expect, it } from 'vitest';
import { commandOf } from '../../src/ui/pick-keys.ts';
import { createPickList, type PickAction, type PickState } from '../../src/ui/pick-state.ts';

const list = createPickList([
  { name: 'Queen - Bohemian Rhapsody', checked: true },
  { name: 'Queen - Radio Ga Ga', checked: false },
  { name: 'AC/DC - Thunderstruck', checked: true },
  { name: 'A podcast', checked: true, disabled: 'not a song' },
]);
const after = (...actions: PickAction[]): PickState => actions.reduce(list.update, list.start);
const ticked = (state: PickState) => [...state.ticked].sort();

describe('the picker', () => {
  it('starts with what is ticked, without rows that cannot be chosen', () => {
    expect(ticked(list.start)).toEqual([0, 2]);
  });

  it('ticks and unticks the row under the cursor', () => {
    expect(ticked(after({ type: 'toggle' }))).toEqual([2]);
    expect(ticked(after({ type: 'move', by: 1 }, { type: 'toggle' }))).toEqual([0, 1, 2]);
  });

  it('never ticks a row that cannot be chosen', () => {
    expect(ticked(after({ type: 'move', by: 3 }, { type: 'toggle' }))).toEqual([0, 2]);
    expect(ticked(after({ type: 'tick-shown' }))).toEqual([0, 1, 2]);
  });

  it('changes only the shown rows with all, none and invert', () => {
    const filter: PickAction = { type: 'filter', text: 'queen' };
    expect(ticked(after(filter, { type: 'tick-shown' }))).toEqual([0, 1, 2]);
    expect(ticked(after(filter, { type: 'untick-shown' }))).toEqual([2]);
    expect(ticked(after(filter, { type: 'invert-shown' }))).toEqual([1, 2]);
  });

  it('stops at both ends of the list', () => {
    expect(after({ type: 'move', by: -1 }).cursor).toBe(0);
    expect(after({ type: 'move', by: Infinity }).cursor).toBe(3);
    expect(after({ type: 'move', by: Infinity }, { type: 'move', by: -Infinity }).cursor).toBe(0);
  });

  it('keeps the cursor on its row when a filter comes and goes', () => {
    const filtered = after({ type: 'move', by: 2 }, { type: 'filter', text: 'thunder' });
    expect(filtered.shown).toEqual([2]);
    expect(list.update(filtered, { type: 'filter', text: '' }).cursor).toBe(2);
  });

  it('survives a filter that shows nothing', () => {
    const empty = after({ type: 'filter', text: 'nothing like it' });
    expect(empty.shown).toEqual([]);
    expect(
      ticked(
        [{ type: 'toggle' }, { type: 'move', by: 1 }, { type: 'tick-shown' }].reduce(
          (s, a) => list.update(s, a as PickAction),
          empty,
        ),
      ),
    ).toEqual([0, 2]);
  });
});

describe('the keys of the picker', () => {
  const key = (name: string, ctrl = false) => ({ name, ctrl });
  const filtering = after({ type: 'filter', text: 'queen' });

  it('takes Space as a tick while the list is browsed and as a letter while the filter is typed', () => {
    expect(commandOf(key('space'), list.start, ' ', 10)).toEqual({ type: 'toggle' });
    expect(commandOf(key('space'), filtering, 'queen ', 10)).toEqual({ type: 'filter', text: 'queen ' });
    const moved = list.update(filtering, { type: 'move', by: 1 });
    expect(commandOf(key('space'), moved, 'queen ', 10)).toEqual({ type: 'toggle' });
  });

  it('clears the filter with Esc before it leaves', () => {
    expect(commandOf(key('escape'), filtering, 'queen', 10)).toEqual({ type: 'filter', text: '' });
    expect(commandOf(key('escape'), list.start, '', 10)).toEqual({ type: 'leave' });
  });

  it.each([
    [key('tab'), { type: 'toggle' }],
    [key('a', true), { type: 'tick-shown' }],
    [key('n', true), { type: 'untick-shown' }],
    [key('r', true), { type: 'invert-shown' }],
    [key('pagedown'), { type: 'move', by: 10 }],
    [key('home'), { type: 'move', by: -Infinity }],
    [key('return'), { type: 'accept' }],
    [key('a'), { type: 'filter', text: 'queena' }],
  ])('reads %j as %j', (pressed, command) => {
    expect(commandOf(pressed, filtering, 'queena', 10)).toEqual(command);
  });
});
