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
    await terminal.shows(/1999 of 2000 ticked/);
    terminal.keys('NPage', 'Down', 'Up', 'Space');
    await terminal.shows(/1998 of 2000 ticked/);
    terminal.type('artist 12');
    await terminal.shows(/1998 of 2000 ticked, 139 shown/);
    terminal.keys('C-n', 'Escape');
    const screen = await terminal.shows(/1859 of 2000 ticked$/);
    expect(screen).toHaveLength(23);
    expect(screen[1]).toBe('  Filter:');
    terminal.keys('Enter');
    expect(await terminal.shows(/^\[exit/)).toEqual([
      '✓ Songs of Road trip  1859 of 2000 ticked',
      'answer: 1859 rows',
      '[exit 0]',
    ]);
  });

  it.each([80, 40])(
    'wide letters, emoji and escapes do not break the rows at %i columns',
    async (columns) => {
      const terminal = open([program('ask.ts'), 'wide', '50'], columns);
      await terminal.shows(/esc back/);
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

  it('the progress goes away for a question and comes back after it', async () => {
    const terminal = open([program('progress.ts')]);
    expect(await terminal.shows(/enter choose/)).toEqual([
      'first line that stays',
      '? Go on?',
      '❯ Yes',
      '  No',
      '',
      '↑↓ move · enter choose · esc back',
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
