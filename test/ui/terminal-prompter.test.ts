import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { back } from '../../src/ui/prompter.ts';
import { createTerminalPrompter } from '../../src/ui/terminal-prompter.ts';
import { createTheme } from '../../src/ui/theme.ts';

const rows = [
  { value: 'a', name: 'Queen - Bohemian Rhapsody', checked: true },
  { value: 'b', name: 'Sigur Rós - Hoppípolla', checked: true },
  { value: 'c', name: 'MØ - Lean On', checked: false },
];
const key = { down: '\u001b[B', end: '\u001b[F', tab: '\t', enter: '\r', escape: '\u001b', ctrlC: '\u0003' };

/** A prompter on a pair of streams; `press` gives each key time to be drawn. */
function open(signal?: AbortSignal) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  let printed = '';
  output.on('data', (chunk) => (printed += String(chunk)));
  const terminal = { input, output, ...(signal === undefined ? {} : { signal }) };
  const prompter = createTerminalPrompter(terminal, createTheme({ colour: false, unicode: true }));
  const seen = () => stripVTControlCharacters(printed);
  return {
    prompter,
    input,
    seen,
    press: async (...keys: string[]) => {
      while (!printed.includes('?')) await turn();
      for (const text of keys) {
        input.write(text);
        await turn();
      }
    },
  };
}

it('picks: arrows move, Space and Tab tick, Enter answers in the order of the list', async () => {
  const { prompter, press, seen } = open();
  const answer = prompter.pick({ message: 'Songs', rows });
  await press(key.end, ' ', key.enter);
  expect(await answer).toEqual(['a', 'b', 'c']);
  expect(seen()).toContain('✓ Songs  3 of 3 selected');
});

it('picks with a filter: letters filter, ^N unticks what is shown, the rest stays', async () => {
  const { prompter, press, seen } = open();
  const answer = prompter.pick({ message: 'Songs', rows });
  await press('r', 'o', 's', ' ', 'p', '\u000e');
  expect(seen()).toContain('1 of 3 selected, 1 shown');
  expect(seen()).toContain('Filter: ros p');
  await press(key.enter);
  expect(await answer).toEqual(['a']);
});

it('keeps the filter when Tab ticks', async () => {
  const { prompter, press, seen } = open();
  const answer = prompter.pick({ message: 'Songs', rows });
  await press('l', 'e', key.tab, 'a', key.enter);
  expect(await answer).toEqual(['a', 'b', 'c']);
  expect(seen()).toContain('Filter: lea\n');
});

it('takes an empty selection as an answer', async () => {
  const { prompter, press } = open();
  const answer = prompter.pick({ message: 'Songs', rows });
  await press('\u000e', key.enter);
  expect(await answer).toEqual([]);
});

it('answers back on Ctrl+C, Ctrl+D and Esc, whatever is asked', async () => {
  for (const end of [key.ctrlC, '\u0004', key.escape]) {
    for (const kind of ['select', 'pick', 'confirm', 'input'] as const) {
      const { prompter, press } = open();
      const asked = {
        select: () => prompter.select({ message: 'What?', choices: rows }),
        pick: () => prompter.pick({ message: 'Songs?', rows }),
        confirm: () => prompter.confirm({ message: 'Sure', default: true }),
        input: () => prompter.input({ message: 'Name' }),
      }[kind]();
      await press(end);
      expect(await asked).toBe(back);
    }
  }
});

it('answers back when the input ends, and to every question after it', async () => {
  const { prompter, press, input } = open();
  const answer = prompter.confirm({ message: 'Sure', default: true });
  await press();
  input.end();
  expect(await answer).toBe(back);
  expect(await prompter.confirm({ message: 'Really', default: true })).toBe(back);
});

it('ends a question with a cancelled error when the program is stopped', async () => {
  const stop = new AbortController();
  const { prompter, press } = open(stop.signal);
  const answer = prompter.select({ message: 'What?', choices: rows });
  await press();
  stop.abort();
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  await expect(prompter.input({ message: 'Name' })).rejects.toMatchObject({ code: 'cancelled' });
});

it('shows the default of a text, lets it stand, and says what is wrong with another', async () => {
  const { prompter, press, seen } = open();
  const validate = (text: string) => (text.includes('x') ? 'No \u001b[31mx please.' : true);
  const answer = prompter.input({ message: 'Name', default: 'music', validate });
  await press('x', key.enter);
  expect(seen()).toContain('Name (esc back) (music)');
  expect(seen()).toContain('✗ No x please.');
  await press('\u007f', key.enter);
  expect(await answer).toBe('music');
});

it('starts a select at its default and never shows what a name tells the terminal to do', async () => {
  const { prompter, press, seen } = open();
  const choices = [
    { value: 1, name: 'One' },
    { value: 2, name: 'Two \u001b]0;title\u0007\u001b[2J', description: 'second\nline' },
  ];
  const answer = prompter.select({ message: 'Which?', choices, default: 2 });
  await press(key.enter);
  expect(await answer).toBe(2);
  expect(seen()).toContain('❯ Two');
  expect(seen()).not.toContain('title');
});

it('a text that stands there can be edited, or emptied where an empty answer is one', async () => {
  for (const [keys, expected] of [
    [[key.enter], '300'],
    [['\u007f', '5', key.enter], '305'],
    [['\u007f', '\u007f', '\u007f', key.enter], ''],
  ] as const) {
    const { prompter, press } = open();
    const answer = prompter.input({ message: 'How many', prefill: '300' });
    await press(...keys);
    expect(await answer).toBe(expected);
  }
});

it('a wrong text that stood there stays to be mended', async () => {
  const { prompter, press, seen } = open();
  const validate = (text: string) => /^\d*$/.test(text) || 'A number.';
  const answer = prompter.input({ message: 'How many', prefill: '30', validate });
  await press('x', key.enter);
  expect(seen()).toContain('✗ A number.');
  await press('\u007f', key.enter);
  expect(await answer).toBe('30');
});

it('a question that is withdrawn is taken off the screen and answered with back', async () => {
  const withdrawn = new AbortController();
  const { prompter, press } = open();
  const answer = prompter.input({ message: 'Paste', hidden: true, signal: withdrawn.signal });
  await press();
  withdrawn.abort();
  expect(await answer).toBe(back);
  expect(await prompter.input({ message: 'Paste', hidden: true, signal: withdrawn.signal })).toBe(back);
});

it("does something with the choice under the cursor by a question's own key, and asks again", async () => {
  const { prompter, press, seen } = open();
  const heard: string[] = [];
  const play = {
    key: 'p',
    name: 'play',
    help: 'play it',
    run: async (value: string) => void heard.push(value),
  };
  const answer = prompter.select({ message: 'Which?', choices: rows, keys: [play] });
  await press(key.down, 'p');
  await expect.poll(() => heard).toEqual(['b']);
  expect(seen()).toContain('p play');
  await press('p');
  await expect.poll(() => heard).toEqual(['b', 'b']);
  await press('?', '?', key.down, key.enter);
  expect(await answer).toBe('c');
});

it('any key ends what another key began, and the end of the program does too', async () => {
  const stop = new AbortController();
  const { prompter, press, input } = open(stop.signal);
  let ended = 0;
  const run = async (_value: string, signal: AbortSignal) => {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
    ended += 1;
  };
  const keys = [{ key: 'p', name: 'play', help: 'play it', run }];
  const answer = prompter.select({ message: 'Which?', choices: rows, keys });
  await press('p');
  await turn();
  input.write('x');
  await expect.poll(() => ended).toBe(1);
  await press('p');
  await turn();
  stop.abort();
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  expect(ended).toBe(2);
});
