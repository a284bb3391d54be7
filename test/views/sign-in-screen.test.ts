import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createPipeScreen, createTerminalScreen } from '../../src/views/sign-in-screen.ts';
import { HarmoniError } from '../../src/errors.ts';
import { createLineReader } from '../../src/ui/stdin-lines.ts';
import { createTerminalPrompter } from '../../src/ui/terminal-prompter.ts';
import { createTheme } from '../../src/ui/theme.ts';
import { createPrompterWithoutTerminal } from '../../src/ui/without-terminal-prompter.ts';

/** A person at a pair of streams. */
function open() {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  // A terminal stays open when Inquirer ends its output; a pipe would not.
  output.end = () => output;
  let printed = '';
  output.on('data', (chunk) => (printed += String(chunk)));
  const screen = createTerminalScreen(
    createTerminalPrompter({ input, output }, createTheme({ colour: false, unicode: true })),
    () => 0,
  );
  screen.show({
    type: 'authorise',
    url: 'https://example.org/authorize',
    redirectUri: 'http://127.0.0.1:1/callback',
    listening: { address: '127.0.0.1', port: 1 },
    endsAtMs: 245_000,
  });
  const seen = (): string => stripVTControlCharacters(printed);
  const until = async (text: string): Promise<void> => {
    while (!seen().includes(text)) await turn();
  };
  return { input, screen, seen, until, forget: () => (printed = '') };
}
const signal = new AbortController().signal;
const question = 'Or paste the address';
const strange = {
  type: 'not-accepted',
  error: new HarmoniError('sign-in-state-mismatch', 'An answer of another sign-in came.'),
} as const;

test('in a terminal Enter opens the browser, a text is a paste and never shown, Esc cancels', async () => {
  const { input, screen, seen, until, forget } = open();
  const answers: unknown[] = [];
  for (const keys of ['\r', 'http://127.0.0.1/callback?code=SECRET\r', '\u001b']) {
    const answer = screen.answer(signal);
    await until(question);
    forget();
    input.write(keys);
    answers.push(await answer);
    expect(seen()).not.toContain('SECRET');
  }
  expect(answers).toEqual([
    { type: 'open-browser' },
    { type: 'pasted', text: 'http://127.0.0.1/callback?code=SECRET' },
    { type: 'cancel' },
  ]);
});

test('what happens meanwhile is printed, and the question asked again', async () => {
  const { input, screen, until, forget } = open();
  const answer = screen.answer(signal);
  await until(question);
  forget();
  screen.show(strange);
  await until('An answer of another sign-in came.');
  await until(question);
  input.write('\r');
  expect(await answer).toEqual({ type: 'open-browser' });
});

test('the question goes when the answer came another way, and what is shown then comes after it', async () => {
  const { screen, seen, until } = open();
  const stop = new AbortController();
  const answer = screen.answer(stop.signal);
  await until(question);
  stop.abort();
  screen.show({ type: 'exchanging' });
  expect(await answer).toEqual({ type: 'cancel' });
  expect(seen().trimEnd().endsWith("Got Spotify's answer. Finishing sign-in...")).toBe(true);
});

test('on a pipe a line is a paste, an empty one nothing, and the end of the input leaves it to the browser', async () => {
  const input = new PassThrough();
  const screen = createPipeScreen(
    createPrompterWithoutTerminal(new PassThrough(), createTheme({ colour: false, unicode: true })),
    createLineReader(input),
  );
  input.write('\n  \ncode=1\ncode=2\n');
  expect(await screen.answer(signal)).toEqual({ type: 'pasted', text: 'code=1' });
  expect(await screen.answer(signal)).toEqual({ type: 'pasted', text: 'code=2' });
  input.end();
  expect(await screen.answer(signal)).toEqual({ type: 'none' });
  expect(await screen.answer(signal)).toEqual({ type: 'none' });
});

test('on a pipe the reading ends with the sign-in', async () => {
  const input = new PassThrough();
  const read = createLineReader(input);
  const stop = new AbortController();
  const line = read(stop.signal);
  stop.abort();
  expect(await line).toBeUndefined();
  expect(input.isPaused()).toBe(true);
});

test('the time that is left stands below the question', async () => {
  const { input, screen, until } = open();
  const answer = screen.answer(signal);
  await until('4:05 left');
  input.write('\r');
  expect(await answer).toEqual({ type: 'open-browser' });
});
