import { paragraph, safeText } from './safe-text.ts';
import type { Theme } from './theme.ts';
import type { ToneLine } from './prompter.ts';

/** Where a command's results go. With --json stdout is for the one document, and texts go to stderr. */
export interface Output {
  say(text: string): void;
  lines(lines: readonly ToneLine[]): void;
  /** One line, however narrow the terminal is: where there's a log, nobody watches. */
  log(text: string): void;
  /** A text for another program, as it is. */
  raw(text: string): void;
  /** The one document of --json; without it nothing. */
  document(document: object): void;
  readonly json: boolean;
  /** What fits in a line; 80 where nobody says. */
  readonly columns: number;
}

type TextStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

export function createOutput(
  streams: { stdout: TextStream; stderr: TextStream },
  theme: Theme,
  json: boolean,
): Output {
  const texts = json ? streams.stderr : streams.stdout;
  // A pipe or a file gets whole lines.
  const fitted = (text: string): string =>
    paragraph(theme.local(text), texts.isTTY === true ? (texts.columns ?? 80) : Infinity);
  return {
    json,
    get columns() {
      return texts.isTTY === true ? (texts.columns ?? 80) : 80;
    },
    say: (text) => void texts.write(`${fitted(text)}\n`),
    lines(lines) {
      for (const { text, tone } of lines) texts.write(`${theme.paint(fitted(text), tone)}\n`);
    },
    log: (text) => void texts.write(`${theme.local(safeText(text))}\n`),
    raw: (text) => void texts.write(`${text}\n`),
    document(document) {
      if (json) streams.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    },
  };
}
