import type { Command } from 'commander';
import { asBashWord, asPowerShellWord, readBashLine, unquoted, type Shell } from './line.ts';
import { offersFor, type Offer, type Offers } from './offers.ts';
import { quickNames } from './quick-names.ts';

/**
 * What `harmoni complete` prints: a line that says how the shell goes on (files, folders or none; nospace where the word
 * goes on after it), then a line for each offer, as the shell is to insert it. zsh and fish get the offer's text after a
 * tab, PowerShell the name and the text.
 */
export async function answer(
  program: Command,
  shell: Shell,
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const names = quickNames(env);
  if (shell === 'bash') {
    const line = readBashLine(words[0] ?? '', words[1] ?? '');
    const found = await offersFor(program, line, names);
    // Other shells show files next to offers. bash shows them where there are no offers.
    const isHidden = found.paths === 'files' && line.current === '';
    return textOf({ ...found, offers: isHidden ? [] : found.offers }, ({ value }) => asBashWord(value, line));
  }
  const given = shell === 'powershell' ? words.map((word) => word.slice(1)) : words;
  const current = shell === 'zsh' ? (given.at(-1) ?? '') : unquoted(given.at(-1) ?? '');
  const found = await offersFor(program, { words: given.slice(0, -1), current }, names);
  const plain = (text = ''): string => text.replaceAll(/\s+/g, ' ');
  return textOf(found, ({ value, text }) =>
    shell === 'powershell'
      ? `${asPowerShellWord(value)}\t${value}\t${plain(text)}`
      : `${value}\t${plain(text)}`,
  );
}

function textOf({ offers, paths }: Offers, lineOf: (offer: Offer) => string): string {
  // A name with a line break in it can't be typed, and one with another control character shouldn't be.
  const shown = offers.filter(({ value }) => !/\p{Cc}/u.test(value));
  const isOpen = shown.length > 0 && shown.every(({ value }) => value.endsWith(':'));
  return [`${paths}${isOpen ? ' nospace' : ''}`, ...shown.map(lineOf)].join('\n');
}
