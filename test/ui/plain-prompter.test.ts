import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createPlainPrompter } from '../../src/ui/plain-prompter.ts';
import { back, type Prompter } from '../../src/ui/prompter.ts';
import { createTheme } from '../../src/ui/theme.ts';

/** A person who types these lines; then the input ends. */
function typing(lines: readonly string[], signal?: AbortSignal) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  let printed = '';
  output.on('data', (chunk) => (printed += String(chunk)));
  const terminal = { input, output, ...(signal === undefined ? {} : { signal }) };
  for (const line of lines) input.write(`${line}\n`);
  if (signal === undefined) input.end();
  const prompter = createPlainPrompter(terminal, createTheme({ colour: false, unicode: true }));
  return { prompter, input, printed: () => printed };
}

const choices = [
  { value: 'a', name: 'First', description: 'Fits: all\nDoubts: none' },
  { value: 'b', name: 'Second \u001b[2J' },
  { value: 'c', name: 'Third', disabled: 'not now' },
];

test('a list is numbered, Enter takes the preset, and what cannot be read is asked again', async () => {
  const { prompter, printed } = typing(['9', '3', '?', '']);
  expect(await prompter.select({ message: 'Which?', choices, default: 'b' })).toBe('b');
  expect(printed()).toContain('Which?\n1. First\n2. Second\n3. Third (not now)\nNumber (Enter for 2, b');
  expect(printed()).toContain('Type a number from 1 to 3.');
  expect(printed()).toContain(' not now\n');
  expect(printed()).toContain('1. First\n   Fits: all\n   Doubts: none\n');
  expect(printed()).not.toContain('\u001b');
});

test("a question's own keys take a number", async () => {
  const heard: string[] = [];
  const run = async (value: string) => void heard.push(value);
  const { prompter, printed, input } = typing(['p 1'], new AbortController().signal);
  const keys = [{ key: 'p', name: 'play', help: 'play it', run }];
  const answer = prompter.select({ message: 'Which?', choices, keys });
  await expect.poll(() => heard).toEqual(['a']);
  await expect.poll(() => printed().match(/Number/g)).toHaveLength(2);
  input.write('1\n');
  expect(await answer).toBe('a');
  // What a choice is judged by is shown at once.
  expect(printed().split('Number (Enter')[0]).toMatch(/Doubts: none\n.*p and a number: play it\.\n$/s);
});

test('rows are taken by their numbers; a long list is shown on demand', async () => {
  const rows = Array.from({ length: 50 }, (_, at) => ({ value: at, name: `Song ${at}`, checked: at < 2 }));
  const { prompter, printed } = typing(['1-', 'list', '1-2, 50']);
  expect(await prompter.pick({ message: 'Songs', rows })).toEqual([0, 1, 49]);
  expect(printed()).toContain('Songs: 2 of 50 selected\nNumbers (Enter for the 2 selected');
  expect(printed()).toContain('Type numbers from 1 to 50');
  expect(printed()).toContain('50. [ ] Song 49');
  expect(await typing(['']).prompter.pick({ message: 'Songs', rows })).toEqual([0, 1]);
});

test('yes and no, and a text with what stands there', async () => {
  expect(await typing(['what', 'n']).prompter.confirm({ message: 'Sure?', default: true })).toBe(false);
  const text = (line: string) => typing([line]).prompter.input({ message: 'How many', prefill: '30' });
  expect([await text(''), await text('-'), await text('7')]).toEqual(['30', '', '7']);
  const validate = (typed: string) => /^\d+$/.test(typed) || 'A number.';
  const { prompter, printed } = typing(['x', '5']);
  expect(await prompter.input({ message: 'How many', validate })).toBe('5');
  expect(printed()).toContain('A number.');
});

const questions: Readonly<Record<string, (prompter: Prompter) => Promise<unknown>>> = {
  select: (prompter) => prompter.select({ message: 'What?', choices }),
  pick: (prompter) => prompter.pick({ message: 'Songs?', rows: [{ value: 1, name: 'One', checked: true }] }),
  confirm: (prompter) => prompter.confirm({ message: 'Sure?', default: true }),
  input: (prompter) => prompter.input({ message: 'Name' }),
  hidden: (prompter) => prompter.input({ message: 'Secret', hidden: true }),
};

test.each(Object.entries(questions))(
  '%s: the end of the input leads back, now and later',
  async (_kind, ask) => {
    const { prompter } = typing([]);
    expect(await ask(prompter)).toBe(back);
    expect(await ask(prompter)).toBe(back);
  },
);

test.each(['select', 'pick', 'confirm'])('%s: b leads back', async (kind) => {
  expect(await questions[kind]?.(typing(['B']).prompter)).toBe(back);
});

test.each(Object.entries(questions))('%s ends with the work under way', async (_kind, ask) => {
  const stop = new AbortController();
  const answer = ask(typing([], stop.signal).prompter);
  stop.abort();
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
});

test('a withdrawn question leads back', async () => {
  const withdrawn = new AbortController();
  const { prompter } = typing([], new AbortController().signal);
  const answer = prompter.input({ message: 'Link', signal: withdrawn.signal });
  withdrawn.abort();
  expect(await answer).toBe(back);
});

test('a secret is not shown', async () => {
  const { prompter, printed } = typing(['code=s3cret']);
  expect(await prompter.input({ message: 'Address', hidden: true })).toBe('code=s3cret');
  expect(printed()).toBe('Address: \n');
});
