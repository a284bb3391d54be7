import { wrapAnsi } from 'fast-wrap-ansi';
import { displayWidth, fit, fitTo, safeText } from './safe-text.ts';
import type { Theme } from './theme.ts';

/** A name, a key or a sign, and what it stands for. */
export type HelpRow = readonly [name: string, text: string];

/** Safe text in lines of at most so many columns; what has no spaces, such as a path, is broken too. */
export function wrapped(text: string, columns: number): string[] {
  return wrapAnsi(safeText(text), Math.max(1, columns), { hard: true }).split('\n');
}

/** The same for a text with lines of its own. */
export function wrappedLines(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapped(line, columns));
}

/** Less than this is no column for sentences. */
const narrowestText = 24;

/**
 * A table of names and texts, one string per row; a row may have several lines. Where there is no room for two columns
 * the text stands below its name.
 */
export function helpTable(rows: readonly HelpRow[], columns: number, theme: Theme): string[] {
  const longest = Math.max(0, ...rows.map(([name]) => displayWidth(safeText(name))));
  const beside = longest <= columns / 2 && columns - longest - 2 >= narrowestText;
  const indent = beside ? longest + 2 : 4;
  const { ellipsis } = theme.symbols;
  return rows.map(([name, text]) => {
    if (text === '') return fit(name, columns, ellipsis);
    const lines = wrappedLines(text, columns - indent).map((line) => theme.paint(line, 'dim'));
    const start = beside ? fitTo(name, indent, ellipsis) : `${fit(name, columns, ellipsis)}\n    `;
    return start + lines.join(`\n${' '.repeat(indent)}`);
  });
}

/** The lines of a help, cut to so many with a sign that there was more; none where there is no room for one. */
export function helpLines(
  help: { readonly about?: string | undefined; readonly rows: readonly HelpRow[] },
  columns: number,
  room: number,
  theme: Theme,
): string[] {
  const about = help.about === undefined ? [] : wrapped(help.about, columns);
  const lines = [...about, ...helpTable(help.rows, columns, theme).flatMap((row) => row.split('\n'))];
  if (lines.length <= room) return lines;
  if (room < 2) return [];
  return [...lines.slice(0, room - 1), theme.symbols.ellipsis];
}

/** The longest of the lists that fits in one line, or nothing. */
export function keyLine(lists: readonly (readonly string[])[], columns: number, theme: Theme): string {
  const texts = lists.map((keys) => keys.join(` ${theme.symbols.bullet} `));
  return theme.paint(texts.find((text) => displayWidth(text) <= columns) ?? '', 'dim');
}
