import { safeLines } from './safe-text.ts';
import type { Theme } from './theme.ts';
import type { ToneLine } from './prompter.ts';

/** Where a command's results go. With --json stdout is for the one document, and texts go to stderr. */
export interface Output {
  say(text: string): void;
  lines(lines: readonly ToneLine[]): void;
  /** The one document of --json; without it nothing. */
  document(document: unknown): void;
  readonly json: boolean;
}

export function createOutput(
  streams: { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream },
  theme: Theme,
  json: boolean,
): Output {
  const texts = json ? streams.stderr : streams.stdout;
  return {
    json,
    say: (text) => void texts.write(`${safeLines(text)}\n`),
    lines(lines) {
      for (const { text, tone } of lines) texts.write(`${theme.paint(safeLines(text), tone)}\n`);
    },
    document(document) {
      if (json) streams.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    },
  };
}
