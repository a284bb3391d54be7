export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** A command line up to the cursor, without its quoting. */
export interface TypedLine {
  /** The finished words, without the program. */
  readonly words: readonly string[];
  /** The word at the cursor. */
  readonly current: string;
}

/** What bash needs beside: it replaces only a part of the word at the cursor. */
interface BashLine extends TypedLine {
  /** The quote that is open at the cursor. */
  readonly quote: '' | '"' | "'";
  /** How many characters of `current` stay as they are. */
  readonly kept: number;
}

/**
 * Reads a command line of bash as far as a person types one: quotes and backslashes, no variables or commands, which stay
 * the text they are. Nothing of it is run. Pure.
 * @param breaks COMP_WORDBREAKS: bash replaces only what comes after the last of these
 */
export function readBashLine(line: string, breaks: string): BashLine {
  const words: string[] = [];
  let [current, quote, kept, isOpen] = ['', '' as BashLine['quote'], 0, false];
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    const next = line.charAt(at + 1);
    if (quote === '' && /\s/.test(char)) {
      if (isOpen) words.push(current);
      [current, kept, isOpen] = ['', 0, false];
      continue;
    }
    isOpen = true;
    if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      kept = current.length;
    } else if (char === '\\' && (quote === '' || (quote === '"' && /["\\$`]/.test(next)))) {
      current += next;
      at += 1;
    } else {
      current += char;
      if (quote === '' && breaks.includes(char)) kept = current.length;
    }
  }
  return { words: words.slice(1), current, quote, kept };
}

/** What replaces the typed part of the word at the cursor, so that bash reads it as `value`. Pure. */
export function asBashWord(value: string, { quote, kept }: Pick<BashLine, 'quote' | 'kept'>): string {
  const rest = value.slice(kept);
  if (quote === "'") return rest.replaceAll("'", "'\\''");
  if (quote === '"') return rest.replaceAll(/["\\$`]/g, '\\$&');
  return rest.replaceAll(/[^\p{L}\p{M}\p{N}_./:=@%+,-]/gu, '\\$&');
}

/** A word without the quotes and backslashes around it, as far as it's typed. Pure. */
export function unquoted(word: string): string {
  return readBashLine(`program ${word}`, '').current;
}

/** A word for PowerShell. Pure. */
export function asPowerShellWord(value: string): string {
  return /^[\p{L}\p{N}_./:=+-]+$/u.test(value) ? value : `'${value.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
}
