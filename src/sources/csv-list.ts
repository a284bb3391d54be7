import { type ArtistStyle, splitArtists, styleOf } from './artists.ts';
import { briefText, cleanText } from './clean-text.ts';
import { collectRows, type ListInFile } from './collect-rows.ts';
import { type Column, nameSongs } from './columns.ts';
import { isHeader, isSong, readHeader } from './csv-header.ts';
import { type CsvRow, firstCells, readCsvRows } from './csv-rows.ts';
import type { FileFormat, ListText } from './file-format.ts';
import { rowToTrack } from './row-to-track.ts';
import type { SkippedRow } from '../tracks/track.ts';

/** A table with a song in each row, divided by commas, semicolons or tabs. */
export const table: FileFormat = {
  title: 'a table of songs (CSV or TSV)',
  names: /\.(?:csv|tsv)$/i,
  begins: (head) => {
    const cells = firstCells(head);
    // iTunes names its many columns in the language of the user.
    return isHeader(cells) || (cells.length > 2 && cells.some(isSong)) || cells.length > 20;
  },
  read: readTable,
};

/**
 * Reads a table: the CSV of either Exportify, of any year and language, of TuneMyMusic, Soundiiz and Google Takeout, the
 * text that iTunes exports, or one like them. Where a column names the playlist of each row, each is a list.
 * @throws HarmoniError source-empty with the reason when it has no columns for songs, source-too-large
 */
async function readTable(input: ListText): Promise<readonly ListInFile[]> {
  let reader: TableReader | undefined;
  for await (const rows of readCsvRows(input.text, input.fileName)) {
    input.signal.throwIfAborted();
    if (reader === undefined) {
      const { columns, rest, listName } = readHeader(rows, input.fileName);
      // Takeout puts "-videos" behind the playlist's name.
      const ownName = nameSongs(columns) ? input.name : input.name.replace(/-videos$/i, '');
      reader = createTableReader(columns, input.fileName, listName ?? ownName);
      reader.add(rest);
    } else reader.add(rows);
  }
  return reader?.end() ?? collectRows(input.fileName, input.name).lists();
}

interface TableReader {
  add(rows: readonly CsvRow[]): void;
  end(): readonly ListInFile[];
}

function createTableReader(columns: readonly Column[], fileName: string, name: string): TableReader {
  const collector = collectRows(fileName, name);
  /** Tracks whose cell of artists has a comma: they are divided anew when the whole file is known. */
  const withComma: (() => void)[] = [];
  const listColumn = columns.findIndex(({ field }) => field === 'listName');
  let style = usualStyle(columns);
  let unsure: string | undefined;

  const readArtists = (cell: string, count?: number) => {
    unsure = count === undefined && cell.includes(',') && !cell.includes(';') ? cell : undefined;
    // A ";" tells more than a comma, and is not taken back.
    if (count === undefined && style !== 'semicolon') style = styleOf(cell) ?? style;
    return splitArtists(cell, style, count);
  };

  function addRow(line: CsvRow): void {
    const broken = whyBroken(line, columns.length);
    const list = 'cells' in line ? cleanText(line.cells[listColumn] ?? '') : '';
    if (broken !== undefined || !('cells' in line)) {
      collector.add({ skipped: { reason: broken ?? '', text: briefText(line.text) } }, list);
      return;
    }
    const result = rowToTrack(columns, line.cells, readArtists);
    if ('skipped' in result) {
      collector.add({ skipped: { text: briefText(line.text), ...result.skipped } }, list);
      return;
    }
    const { track } = result;
    const replace = collector.add(result, list);
    const cell = unsure;
    if (cell === undefined || track.artists.length === 0) return;
    withComma.push(() => {
      const artists = splitArtists(cell, style);
      replace({ ...track, artists, artist: artists.join(', ') });
    });
  }

  return {
    add: (rows) => rows.forEach(addRow),
    end: () => {
      for (const divide of withComma) divide();
      return collector.lists();
    },
  };
}

/**
 * Files of exportify.net since May 2025 have both columns; from then on ", " only occurs within a name. iTunes has one
 * text for all artists, as it is on the sleeve.
 */
function usualStyle(columns: readonly Column[]): ArtistStyle {
  const tags = new Set(columns.map(({ tag }) => tag));
  if (tags.has('BIT_RATE') && tags.has('LOCATION')) return 'semicolon';
  return tags.has('EXPLICIT') && tags.has('RECORD_LABEL') && tags.has('DURATION_MS') ? 'comma' : 'any';
}

const cutOff = 'the file ends in the middle of this row';

/** Whether a row says that its file is cut off: what comes after it is missing. Pure. */
export function isCutOff({ reason }: SkippedRow): boolean {
  return reason === cutOff;
}

function whyBroken(row: CsvRow, columns: number): string | undefined {
  if ('broken' in row) return row.cut ? cutOff : row.broken;
  const { length } = row.cells;
  if (length < columns && row.cut) return cutOff;
  const tooMany = row.cells.slice(columns).some((cell) => cell.trim() !== '');
  if (tooMany || (row.patched && length !== columns))
    return `the row has ${length} cells instead of ${columns}`;
  return undefined;
}
