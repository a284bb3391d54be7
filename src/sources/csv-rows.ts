import { CsvError, parse } from 'csv-parse/sync';
import { createRowJoiner, splitLines } from './csv-lines.ts';

/**
 * One row of a CSV. `patched`: a quote stood in the wrong place, so the cells may be divided wrongly.
 * `cut`: the file ended within this row.
 */
export type CsvRow = { readonly text: string; readonly cut: boolean } & (
  { readonly cells: readonly string[]; readonly patched: boolean } | { readonly broken: string }
);

const rowsAtOnce = 500;
const charactersAtOnce = 1024 * 1024;

/**
 * Reads a CSV row by row, some hundred at a time, the header first; blank lines are left out. csv-parse itself stops at
 * the first broken quote and cannot say where to go on, so it is given whole rows, and a broken one costs only itself.
 * @throws HarmoniError source-too-large
 */
export async function* readCsvRows(
  text: AsyncIterable<string>,
  fileName: string,
): AsyncGenerator<readonly CsvRow[]> {
  let delimiter: string | undefined;
  let width = 0;
  const joiner = createRowJoiner((row) => {
    // Most lines fail already here, without the cost of a parser.
    if (delimiter === undefined || width < 2 || row.split(delimiter).length < width) return false;
    return parseStrictly([row], delimiter)?.[0]?.length === width;
  });
  let waiting: string[] = [];
  let size = 0;
  let isCut = false;
  for await (const { lines, cut } of splitLines(text, fileName)) {
    isCut = cut;
    for (const line of lines) {
      if (delimiter === undefined && line.trim() !== '') {
        delimiter = delimiterOf(line);
        width = parseStrictly([line], delimiter)?.[0]?.length ?? 0;
      }
      for (const row of joiner.take(line)) {
        waiting.push(row);
        size += row.length;
      }
      if (waiting.length < rowsAtOnce && size < charactersAtOnce) continue;
      yield parseRows(waiting, delimiter ?? ',');
      waiting = [];
      size = 0;
    }
  }
  for (const row of joiner.end()) waiting.push(row);
  if (waiting.length > 0) yield parseRows(waiting, delimiter ?? ',', isCut);
}

/** The cells of the first line that is not blank; none where it cannot be divided. */
export function firstCells(head: string): readonly string[] {
  const line = head.split('\n', 20).find((text) => text.trim() !== '') ?? '';
  const bare = line.replace(/^\ufeff/, '').replace(/\r$/, '');
  return parseStrictly([bare], delimiterOf(bare))?.[0] ?? [];
}

/** A comma; a semicolon or a tab where a spreadsheet saved the file. */
function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (mark: string) => bare.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function parseStrictly(rows: readonly string[], delimiter: string): readonly string[][] | undefined {
  try {
    const parsed = parse(rows.join('\n'), { delimiter, relax_column_count: true, record_delimiter: '\n' });
    return parsed.length === rows.length ? parsed : undefined;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** All at once; where that fails, by halves, down to the row that is broken. `cut` is about the last one. */
function parseRows(rows: readonly string[], delimiter: string, cut = false): readonly CsvRow[] {
  const parsed = parseStrictly(rows, delimiter);
  if (parsed !== undefined) {
    return parsed.map((cells, index) => {
      return { cells, patched: false, text: rows[index] ?? '', cut: cut && index === rows.length - 1 };
    });
  }
  const [only = '', second] = rows;
  if (second === undefined) return [{ ...patch(only, delimiter), text: only, cut }];
  const middle = Math.ceil(rows.length / 2);
  return [...parseRows(rows.slice(0, middle), delimiter), ...parseRows(rows.slice(middle), delimiter, cut)];
}

/** Reads a row with stray quotes as best it can: they stay in the text. */
function patch(row: string, delimiter: string) {
  try {
    const [cells] = parse(row, { delimiter, relax_quotes: true, record_delimiter: '\n' });
    if (cells !== undefined) return { cells: cells.map(unwrap), patched: true };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return { broken: 'this row has an unmatched quotation mark' };
}

/** csv-parse leaves the outer quotes on a cell that had others inside. */
function unwrap(cell: string): string {
  return cell.length > 2 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell;
}
