import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, it, vi } from 'vitest';
import type { ProgressView } from '../../src/ui/progress.ts';
import { createTerminalProgress } from '../../src/ui/terminal-progress.ts';
import { createTheme } from '../../src/ui/theme.ts';

const theme = createTheme({ colour: false, unicode: true });
const view: ProgressView = { title: 'Road trip', done: 1, total: 2, failed: 0, lines: [] };
const read = (stream: PassThrough) => String(stream.read() ?? '');
/** What draws is loaded with the first view. */
const isDrawn = (output: PassThrough) =>
  vi.waitFor(() => expect(output.readableLength).toBeGreaterThan(0), { timeout: 20_000 });

it('prints plain lines and draws nothing where there is no terminal', () => {
  const output = new PassThrough();
  const progress = createTerminalProgress(output, theme);
  progress.draw(view);
  progress.print('a \u001b[31mline', 'ok');
  progress.end();
  expect(read(output)).toBe('a line\n');
});

it('draws a burst of views once, and the last one before it goes', async () => {
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const progress = createTerminalProgress(output, theme);
  progress.draw(view);
  await isDrawn(output);
  read(output);
  for (let done = 0; done < 1000; done++) progress.draw({ ...view, done, total: 1000 });
  await isDrawn(output);
  const burst = stripVTControlCharacters(read(output));
  expect(burst.match(/of 1000/g)).toHaveLength(1);
  progress.print('stays');
  progress.print('done', 'ok');
  expect(stripVTControlCharacters(read(output))).toMatch(/\bstays\n.*✓ done\n.*999 of 1000/s);
  progress.end();
});

it('keeps the display within a small terminal', async () => {
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 40, rows: 6 });
  const progress = createTerminalProgress(output, theme);
  const lines = Array.from({ length: 50 }, () => ({ label: '椎名林檎 - 本能', stage: 'searching' }));
  progress.draw({ ...view, lines });
  await isDrawn(output);
  const drawn = stripVTControlCharacters(read(output)).trimEnd().split('\n');
  expect(drawn).toHaveLength(5);
  progress.end();
});

it('breaks a line that stays between its words', () => {
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 40, rows: 6 });
  const progress = createTerminalProgress(output, theme);
  progress.print('A sentence that is longer than forty columns are wide.');
  progress.end();
  expect(stripVTControlCharacters(read(output))).toMatch(
    /^A sentence that is longer than forty\s*\ncolumns are wide\./,
  );
});

it('draws attention by a notification and the bell, and obeys nothing in the text', () => {
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  createTerminalProgress(output, theme).alert('Done\u0007\u001b[2J');
  expect(String(output.read())).toBe('\u001b]9;Done\u0007\u0007');
  const piped = new PassThrough();
  createTerminalProgress(piped, theme).alert('Done');
  expect(piped.read()).toBeNull();
});
