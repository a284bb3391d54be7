/** Asks one question of every kind in a real terminal and says what came back. `ask.ts pick 2000`, `ask.ts select` ... */
import { createTerminalPrompter } from '../../../src/ui/terminal-prompter.ts';
import { themeFor } from '../../../src/ui/theme.ts';

const theme = themeFor(process.stdout, process.env);
const prompter = createTerminalPrompter({ input: process.stdin, output: process.stdout }, theme);
const [kind = 'select', size = '20'] = process.argv.slice(2);

const names = [
  'Queen - Bohemian Rhapsody',
  'Sigur Rós - Hoppípolla',
  'AC/DC - Thunderstruck',
  'MØ - Lean On',
];
const wide = [
  '椎名林檎 - 丸の内サディスティック (とても長い題名がここに続きます、端末の幅を超えるまで続きます、まだ続きます)',
  'Emoji 👩‍👩‍👧‍👦🇮🇸❤️ - 🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶🎵🎶',
  'פיירוז - שיר ארוך مرحبا',
  'Evil \u001b[2J\u001b]0;title\u0007\u202Eoverride\nsecond line',
];
const all = kind === 'wide' ? [...wide, ...names] : names;
const rows = Array.from({ length: Number(size) }, (_, index) => ({
  value: index,
  name: all[index] ?? `Artist ${index} - Song ${index}`,
  checked: index !== 1,
  ...(index === 1 ? { mark: 'already there' } : {}),
}));

async function ask(): Promise<unknown> {
  switch (kind) {
    case 'select':
      return prompter.select({
        message: 'What next?',
        choices: rows.map((row) => ({ ...row, description: `About row ${row.value}` })),
      });
    case 'confirm':
      return prompter.confirm({ message: 'Go on?', default: false });
    case 'input':
      return prompter.input({
        message: 'Folder:',
        default: 'music',
        validate: (text) => (text === '' ? 'A folder needs a name.' : true),
      });
    default:
      return prompter.pick({ message: 'Songs of Road trip', rows });
  }
}

const answer = await ask();
const text = typeof answer === 'symbol' ? 'back' : JSON.stringify(answer);
prompter.say(`answer: ${text.length > 60 ? `${text.split(',').length} rows` : text}`);
