/** Progress, a question, progress again: the order of a real run. Ends when a key comes. */
import { createTerminalProgress } from '../../../src/ui/terminal-progress.ts';
import { createTerminalPrompter } from '../../../src/ui/terminal-prompter.ts';
import { themeFor } from '../../../src/ui/theme.ts';

const theme = themeFor(process.stdout, process.env);
const prompter = createTerminalPrompter({ input: process.stdin, output: process.stdout }, theme);
const progress = createTerminalProgress(process.stdout, theme);
const line = { label: '椎名林檎 - 本能', stage: 'downloading', fraction: 0.5 };

progress.draw({ title: 'Road trip', done: 0, total: 2, failed: 0, lines: [line, line, line] });
progress.print('first line that stays');
progress.draw({ title: 'Road trip', done: 1, total: 2, failed: 0, lines: [line] });
progress.end();
const choices = [
  { value: true, name: 'Yes' },
  { value: false, name: 'No' },
];
await prompter.select({ message: 'Go on?', choices });
progress.draw({ title: 'Road trip', done: 1, total: 2, failed: 0, lines: [line, line] });
progress.print('second line that stays');
progress.draw({ title: 'Road trip', done: 2, total: 2, failed: 0, lines: [] });
process.stdin.setRawMode(true);
process.stdin.resume();
process.stdin.once('data', () => {
  progress.end();
  prompter.say('the end');
  process.stdin.pause();
});
