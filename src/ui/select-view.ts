import { helpLines, helpTable, keyLine, wrapped, wrappedLines, type HelpRow } from './help-text.ts';
import type { Choice, ConfirmQuestion, SelectKey } from './prompter.ts';
import { displayWidth, fit } from './safe-text.ts';
import type { Theme } from './theme.ts';

interface Screen {
  readonly columns: number;
  readonly rows: number;
}

/** What Inquirer's select is told to draw. */
interface SelectView<T> {
  readonly message: string;
  readonly choices: readonly InquirerChoice<T>[];
  /** Lines of the list, and items in them. */
  readonly pageSize: number;
  readonly page: number;
  /** What stands below the list: the keys, or the help. */
  readonly foot: string;
}

interface InquirerChoice<T> {
  readonly value: T;
  readonly name: string;
  readonly short: string;
  readonly description?: string;
  readonly disabled?: string;
}

interface Question<T> {
  readonly message: string;
  readonly choices: readonly Choice<T>[];
  readonly keys?: readonly Pick<SelectKey<T>, 'key' | 'name' | 'help'>[];
  readonly help?: string;
}

/**
 * A menu for a screen of this size. With its help every item has its description beside it and the keys are explained
 * below; the list gives way and moves, so the whole is never higher than the screen.
 */
export function viewSelect<T>(
  { message, choices: given, keys = [], help }: Question<T>,
  { columns, rows }: Screen,
  theme: Theme,
  helping: boolean,
): SelectView<T> {
  const title = wrapped(message, columns - 3);
  const choices = given.map((choice): Choice<T> => {
    const name = theme.local(choice.name);
    const { description } = choice;
    return description === undefined
      ? { ...choice, name }
      : { ...choice, name, description: theme.local(description) };
  });
  // The answer stands behind the last line of the question.
  const answerRoom = columns - displayWidth(title.at(-1) ?? '') - 4;
  const plain = choices.map((choice) => asChoice(choice, columns, answerRoom, theme));
  if (!helping) {
    const description = Math.max(1, ...plain.map((choice) => choice.description?.split('\n').length ?? 0));
    const pageSize = Math.max(3, rows - title.length - description - 3);
    return {
      message: title.join('\n'),
      choices: plain,
      pageSize,
      page: pageSize,
      foot: keyLine(keyLists(keys, theme), columns - 1, theme),
    };
  }
  const names = choices.map(({ name, description = '' }): HelpRow => [name, description]);
  // Each name stands behind the sign of the cursor.
  const table = helpTable(names, columns - 3, theme).map((row) => row.replaceAll('\n', '\n  '));
  const close = keyLine([['? or esc close help']], columns - 1, theme);
  const height = table.join('\n').split('\n').length;
  const room = Math.max(0, rows - title.length - 4 - Math.min(height, leastLines));
  const foot = helpLines({ about: help, rows: keyRows(keys, theme) }, columns - 1, room, theme);
  const pageSize = Math.max(3, rows - title.length - foot.length - 4);
  const highest = Math.max(1, ...table.map((row) => row.split('\n').length));
  return {
    message: title.join('\n'),
    choices: plain.map(({ value, name, short, disabled }, index) =>
      disabled === undefined
        ? { value, name: table[index] ?? name, short }
        : { value, name, short, disabled },
    ),
    pageSize,
    page: Math.max(1, Math.floor(pageSize / highest)),
    foot: [...foot, close].join('\n'),
  };
}

/** On a low screen the items are explained rather than the keys. */
const leastLines = 6;

/** A choice that takes one line; its reason, when it cannot be chosen, stands behind the name. */
function asChoice<T>(
  { value, name, description, disabled }: Choice<T>,
  columns: number,
  answerRoom: number,
  { symbols: { ellipsis } }: Theme,
): InquirerChoice<T> {
  const reason = disabled === undefined ? undefined : `(${fit(disabled, Math.floor(columns / 2), ellipsis)})`;
  const room = columns - 4 - (reason === undefined ? 0 : displayWidth(reason) + 1);
  const shown = fit(name, room, ellipsis);
  return {
    value,
    name: shown,
    short: fit(name, Math.max(answerRoom, 8), ellipsis),
    ...(description === undefined ? {} : { description: wrappedLines(description, columns - 1).join('\n') }),
    ...(reason === undefined ? {} : { disabled: reason }),
  };
}

type OwnKeys = readonly Pick<SelectKey<unknown>, 'key' | 'name' | 'help'>[];

function keyLists(keys: OwnKeys, { symbols }: Theme): readonly (readonly string[])[] {
  const own = keys.map(({ key, name }) => `${key} ${name}`);
  return [
    [`${symbols.upDown} move`, 'enter choose', ...own, 'esc back', '? help'],
    ['enter choose', ...own, 'esc back', '? help'],
    // Its own keys are known to nobody; Esc goes back everywhere.
    ...(own.length === 0 ? [] : [['enter choose', ...own, '? help']]),
    ['enter choose', 'esc back', '? help'],
    ['? help'],
  ];
}

function keyRows(keys: OwnKeys, { symbols }: Theme): HelpRow[] {
  const letters = keys.length === 0 ? 'letters' : 'other letters';
  return [
    [symbols.upDown, 'move (PgUp, PgDn, Home and End move further)'],
    ...keys.map(({ key, help }): HelpRow => [key, help]),
    [letters, 'jump to the first item that starts with them'],
    ['enter', 'choose'],
    ['esc, ^C', 'go back'],
  ];
}

/** What Inquirer's confirm is told to draw. */
interface ConfirmView {
  readonly message: string;
  /** Stands between the question and the place of the answer. */
  readonly help: string;
  /** Stands behind "Y/n". */
  readonly hint: string;
}

/** A yes or no question for a screen of this size. */
export function viewConfirm(
  question: ConfirmQuestion,
  { columns, rows }: Screen,
  theme: Theme,
  helping: boolean,
): ConfirmView {
  const lines = wrapped(question.message, columns - hintWidth);
  const message = lines.join('\n');
  if (!helping) return { message, help: '', hint: ', ?' };
  const keys: HelpRow[] = [
    ['y, n', 'yes, no'],
    ['enter', question.default ? 'yes' : 'no'],
    ['esc, ^C', question.escHelp ?? 'go back (same as no)'],
    ['?', 'close this help'],
  ];
  const room = Math.max(0, rows - lines.length - 2);
  const help = helpLines({ about: question.help, rows: keys }, columns - 3, room, theme);
  // The answer is typed in the last line.
  return { message, help: `\n${help.map((line) => `  ${line}`).join('\n')}\n `, hint: '' };
}

/** "? ", " (Y/n, ?) " and a letter. */
const hintWidth = 14;
