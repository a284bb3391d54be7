import { cancelled, untilAnyKey, type Terminal } from './ask.ts';
import { screenOf } from './frame.ts';
import { readChoice, readSelection, readYesNo } from './plain-answers.ts';
import {
  back,
  type Back,
  type Choice,
  type ConfirmQuestion,
  type InputQuestion,
  type PickQuestion,
  type Prompter,
  type SelectQuestion,
  type Tone,
} from './prompter.ts';
import { paragraph, safeText } from './safe-text.ts';
import { createLineReader, readHiddenLine } from './stdin-lines.ts';
import type { Theme } from './theme.ts';

/** What the questions of one prompter share. */
interface Page {
  readonly print: (text: string, tone?: Tone) => void;
  /** The line that is typed behind these words; `back` at the end of the input, or for "b". */
  readonly ask: (words: string, options?: AskOptions) => Promise<string | Back>;
  readonly terminal: Terminal;
}

interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** "b" is an answer as any other. */
  readonly takesAll?: boolean;
  readonly hidden?: boolean;
}

/**
 * The Prompter for screen readers and terminals that can't move their cursor: it only ever writes whole lines, lists are
 * numbered, and answers are typed. Ctrl+C stops the work under way, as it does between questions.
 */
export function createPlainPrompter(terminal: Terminal, theme: Theme): Prompter {
  const { input, output } = terminal;
  const readLine = createLineReader(input);
  const print = (text: string, tone?: Tone): void => {
    output.write(`${theme.paint(paragraph(theme.local(text), screenOf(output).columns), tone)}\n`);
  };
  const page: Page = {
    print,
    terminal,
    async ask(words, { signal: withdrawn, takesAll = false, hidden = false } = {}) {
      output.write(`${theme.local(safeText(words))} `);
      const signal = AbortSignal.any([terminal.signal, withdrawn].filter((one) => one !== undefined));
      const line = await (hidden ? readHiddenLine(input, signal) : readLine(signal));
      if (line === undefined || hidden) output.write('\n');
      if (terminal.signal?.aborted === true) throw cancelled(terminal.signal.reason);
      return line === undefined || (!takesAll && line.trim().toLowerCase() === 'b') ? back : line;
    },
  };
  return {
    select: (question) => askSelect(page, question),
    pick: (question) => askPick(page, question),
    confirm: (question) => askConfirm(page, question),
    input: (question) => askInput(page, question),
    say: print,
  };
}

async function askSelect<T>(
  { print, ask, terminal }: Page,
  { message, choices, default: given, keys = [], help }: SelectQuestion<T>,
): Promise<T | Back> {
  const preset = choices.findIndex(({ value }) => value === given);
  const first = preset === -1 ? 0 : preset;
  const show = (isDetailed: boolean): void => {
    print(message, 'accent');
    choices.forEach((choice, at) => print(numbered(choice, at, isDetailed)));
    for (const key of keys) print(`${key.key} and a number: ${key.help}.`);
  };
  // What a match is chosen by stands in its description.
  show(keys.length > 0);
  for (;;) {
    const line = await ask(`Number (Enter for ${first + 1}, b to go back, ? for help):`);
    if (line === back) return back;
    if (line.trim() === '?') {
      if (help !== undefined) print(help);
      show(true);
      continue;
    }
    const letterKeys = keys.map(({ key }) => key);
    const said = line.trim() === '' ? { at: first } : readChoice(line, choices.length, letterKeys);
    const choice = choices[said?.at ?? -1];
    const key = keys.find((one) => one.key === said?.key);
    if (choice === undefined) print(`Type a number from 1 to ${choices.length}.`, 'warn');
    else if (key !== undefined) await untilAnyKey(terminal, (signal) => key.run(choice.value, signal));
    else if (choice.disabled === undefined) return choice.value;
    else print(choice.disabled, 'warn');
  }
}

function numbered(
  { name, description = '', disabled }: Choice<unknown>,
  at: number,
  isDetailed: boolean,
): string {
  const reason = disabled === undefined ? '' : ` (${disabled})`;
  const details = isDetailed && description !== '' ? description.split('\n').map((line) => `   ${line}`) : [];
  return [`${at + 1}. ${safeText(name)}${reason}`, ...details].join('\n');
}

/** Longer lists are shown on demand. */
const mostRowsShown = 40;

async function askPick<T>(
  { print, ask }: Page,
  { message, rows, help }: PickQuestion<T>,
): Promise<readonly T[] | Back> {
  const ticked = rows.map(({ checked, disabled }) => checked && disabled === undefined);
  const selected = ticked.filter(Boolean).length;
  const show = (): void => {
    rows.forEach((row, at) => {
      const mark = row.mark === undefined ? '' : `, ${row.mark}`;
      print(`${at + 1}. ${ticked[at] === true ? '[x]' : '[ ]'} ${safeText(row.name)}${mark}`);
    });
  };
  print(`${message}: ${selected} of ${rows.length} selected`, 'accent');
  if (rows.length <= mostRowsShown) show();
  for (;;) {
    const line = await ask(`Numbers (Enter for the ${selected} selected, b to go back, ? for help):`);
    if (line === back) return back;
    const said = line.trim().toLowerCase();
    if (said === '?') {
      if (help !== undefined) print(help);
      print(
        '1-5, 8 takes just these. not 3 takes the selected ones without it. all, none, list (shows them).',
      );
    } else if (said === 'list') {
      show();
    } else {
      const taken = readSelection(said, ticked);
      if (taken !== undefined) {
        return rows
          .filter((row, at) => taken[at] === true && row.disabled === undefined)
          .map(({ value }) => value);
      }
      print(`Type numbers from 1 to ${rows.length}, such as 1-5, 8.`, 'warn');
    }
  }
}

async function askConfirm({ print, ask }: Page, question: ConfirmQuestion): Promise<boolean | Back> {
  for (;;) {
    const line = await ask(`${question.message} (${question.default ? 'Y/n' : 'y/N'})`);
    if (line === back) return back;
    const answer = readYesNo(line, question.default);
    if (answer !== undefined) return answer;
    if (line.trim() === '?' && question.help !== undefined) print(question.help);
    print('Type y for yes or n for no, b to go back.');
  }
}

async function askInput({ print, ask }: Page, question: InputQuestion): Promise<string | Back> {
  const { message, default: given, prefill, validate, note, hidden = false, signal } = question;
  const kept = prefill ?? given;
  if (note !== undefined) print(note(), 'dim');
  const hint = kept === undefined || kept === '' ? '' : ` (Enter for ${safeText(kept)})`;
  const emptied = prefill === undefined || prefill === '' ? '' : ' (- for nothing)';
  for (;;) {
    const line = await ask(`${message}${hint}${emptied}:`, { signal, hidden, takesAll: true });
    if (line === back) return back;
    const typed = emptied !== '' && line.trim() === '-' ? '' : line;
    const text = line === '' ? (kept ?? '') : typed;
    const verdict = validate?.(text) ?? true;
    if (verdict === true) return text;
    if (line.trim().toLowerCase() === 'b') return back;
    print(verdict, 'warn');
  }
}
