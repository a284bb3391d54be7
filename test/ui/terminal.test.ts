import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { hasTmux, openTmux, type TmuxTerminal } from '../helpers/tmux.ts';

const program = (name: string) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));
const opened: TmuxTerminal[] = [];
function open(args: string[], columns = 80): TmuxTerminal {
  const terminal = openTmux(args, { columns, rows: 24 });
  opened.push(terminal);
  return terminal;
}
afterEach(() => opened.splice(0).forEach((terminal) => terminal.end()));

describe.skipIf(!hasTmux)('in a real terminal', () => {
  it('the picker filters, moves, ticks and leaves one line', async () => {
    const terminal = open([program('ask.ts'), 'pick', '2000']);
    await terminal.shows(/1999 of 2000 selected/);
    terminal.keys('NPage', 'Down', 'Up', 'Space');
    await terminal.shows(/1998 of 2000 selected/);
    terminal.type('artist 12');
    await terminal.shows(/1998 of 2000 selected, 139 shown/);
    terminal.keys('C-n', 'Escape');
    const screen = await terminal.shows(/1859 of 2000 selected$/);
    expect(screen).toHaveLength(23);
    expect(screen[1]).toBe('  Filter:');
    terminal.keys('Enter');
    expect(await terminal.shows(/^\[exit/)).toEqual([
      '✓ Songs of Road trip  1859 of 2000 selected',
      'answer: 1859 rows',
      '[exit 0]',
    ]);
  });

  it.each([80, 40])(
    'wide letters, emoji and escapes do not break the rows at %i columns',
    async (columns) => {
      const terminal = open([program('ask.ts'), 'wide', '50'], columns);
      await terminal.shows(/[?] help/);
      for (let row = 0; row < 4; row++) terminal.keys('Down');
      const screen = await terminal.shows(/^❯ \[x\] Queen/);
      expect(screen).toHaveLength(23);
      expect(screen.filter((line) => /^[❯ ] \[[x ]\] /.test(line))).toHaveLength(19);
      expect(screen.join('\n')).toContain('Evil override second line');
    },
  );

  it('Esc takes a select away, arrow keys still move', async () => {
    const terminal = open([program('ask.ts'), 'select', '50']);
    await terminal.shows(/enter choose · esc back/);
    terminal.keys('Down', 'Down');
    expect(await terminal.shows(/About row 2/)).toContain('❯ AC/DC - Thunderstruck');
    terminal.keys('Escape');
    expect(await terminal.shows(/^\[exit/)).toEqual(['answer: back', '[exit 0]']);
  });

  it('? explains a menu where it stands and goes again, with the item under the cursor kept', async () => {
    const terminal = open([program('ask.ts'), 'select', '4']);
    await terminal.shows(/[?] help/);
    terminal.keys('Down');
    terminal.type('?');
    const explained = await terminal.shows(/esc close help/);
    expect(explained[0]).toBe('? What next?');
    expect(explained).toContain('❯ Sigur Rós - Hoppípolla     About row 1');
    expect(explained).toContain('  AC/DC - Thunderstruck      About row 2');
    terminal.type('?');
    expect(await terminal.shows(/[?] help/)).toEqual([
      '? What next?',
      '  Queen - Bohemian Rhapsody',
      '❯ Sigur Rós - Hoppípolla',
      '  AC/DC - Thunderstruck',
      '  MØ - Lean On',
      '',
      'About row 1',
      '↑↓ move · enter choose · esc back · ? help',
    ]);
    // Esc closes the help before it goes back; End goes to the last item.
    terminal.type('?');
    await terminal.shows(/esc close help/);
    terminal.keys('Escape');
    await terminal.shows(/[?] help/);
    terminal.keys('End', 'Enter');
    expect(await terminal.shows(/^\[exit/)).toContain('answer: 3');
  });

  it('? explains a yes or no question and is no answer to it', async () => {
    const terminal = open([program('ask.ts'), 'confirm']);
    await terminal.shows(/y\/N, [?]/);
    terminal.type('?');
    expect((await terminal.shows(/close this help/))[0]).toBe('? Go on?');
    terminal.type('?y');
    expect(await terminal.shows(/[?]\) y/)).toEqual(['? Go on? (y/N, ?) y']);
    terminal.keys('Enter');
    expect(await terminal.shows(/^\[exit/)).toEqual(['✓ Go on? Yes', 'answer: true', '[exit 0]']);
  });

  it('a resize draws the picker anew with its filter and ticks, and nothing of the old one stays', async () => {
    const terminal = open([program('ask.ts'), 'pick', '60']);
    await terminal.shows(/[?] help/);
    terminal.keys('Space');
    terminal.type('art');
    await terminal.shows(/58 of 60 selected, 56 shown/);
    terminal.resize(50, 12);
    const narrow = await terminal.shows(/tab select · enter ok · esc clear$/);
    expect(narrow.filter((line) => line.includes('Filter: art'))).toHaveLength(1);
    expect(narrow.filter((line) => line.startsWith('?'))).toHaveLength(1);
    terminal.resize(100, 24);
    const wide = await terminal.shows(/\^R invert/);
    expect(wide.filter((line) => line.includes('Filter: art'))).toHaveLength(1);
    expect(wide.filter((line) => line.startsWith('❯'))).toEqual(['❯ [x] Artist 4 - Song 4']);
  });

  it('a resize draws a menu anew, without a key', async () => {
    const terminal = open([program('ask.ts'), 'select', '4']);
    await terminal.shows(/[?] help/);
    terminal.type('?');
    const before = await terminal.shows(/esc close help/);
    terminal.resize(30, 24);
    await terminal.shows(/^ {6}About row 3/);
    terminal.resize(80, 24);
    expect(await terminal.shows(/^ {2}MØ - Lean On +About row 3/)).toEqual(before);
  });

  it('the progress goes away for a question and comes back after it', async () => {
    const terminal = open([program('progress.ts')]);
    expect(await terminal.shows(/enter choose/)).toEqual([
      'first line that stays',
      '? Go on?',
      '❯ Yes',
      '  No',
      '',
      '↑↓ move · enter choose · esc back · ? help',
    ]);
    terminal.keys('Enter');
    expect((await terminal.shows(/2 of 2/)).slice(0, 4)).toEqual([
      'first line that stays',
      '✓ Go on? Yes',
      'second line that stays',
      'Road trip  ██████████████████████████████  2 of 2',
    ]);
    terminal.type('q');
    expect(await terminal.shows(/^\[exit/)).toEqual([
      'first line that stays',
      '✓ Go on? Yes',
      'second line that stays',
      'the end',
      '[exit 0]',
    ]);
  });
});
