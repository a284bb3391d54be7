import { addLines } from './add-lines.ts';
import { createArtistVote, splitArtists } from './artists.ts';
import { briefText, cleanText } from './clean-text.ts';
import { collectRows, type ListInFile } from './collect-rows.ts';
import { type Column, hasField, nameSongs } from './columns.ts';
import { type Header, isHeader, isSong, readHeader } from './csv-header.ts';
import { type CsvRow, firstCells, readCsvRows } from './csv-rows.ts';
import type { FileFormat, ListText } from './file-format.ts';
import { withoutNumbers } from './numbering.ts';
import { isSongLine, readSongLine } from './song-line.ts';
import { rowToTrack } from './row-to-track.ts';
import { withoutGuard } from '../tracks/csv-text.ts';
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
  let lines: string[] | undefined;
  for await (const rows of readCsvRows(input.text, input.fileName)) {
    input.signal.throwIfAborted();
    if (lines !== undefined) lines.push(...rows.map(lineOf));
    else if (reader !== undefined) reader.add(rows);
    else {
      const header = findHeader(rows, input.fileName);
      if (header === undefined) {
        lines = rows.map(lineOf);
        continue;
      }
      const { columns, rest, listName } = header;
      // Takeout puts "-videos" behind the playlist's name.
      const ownName = nameSongs(columns) ? input.name : input.name.replace(/-videos$/i, '');
      reader = createTableReader(columns, input.fileName, listName ?? ownName);
      reader.add(rest);
    }
  }
  if (lines !== undefined) return readLines(lines, input);
  return reader?.end() ?? collectRows(input.fileName, input.name).lists();
}

/** A row of a table with one column. A comma in a name may have no quotes around it. */
function lineOf(row: CsvRow): string {
  return 'cells' in row && row.cells.length === 1 ? (row.cells[0] ?? '') : row.text;
}

/** Undefined where the only column has the whole song. @throws HarmoniError source-empty */
function findHeader(rows: readonly CsvRow[], fileName: string): Header | undefined {
  try {
    return readHeader(rows, fileName);
  } catch (error) {
    if (isSongColumn(rows)) return undefined;
    throw error;
  }
}

/** Whether the only column is "Artist - Title", or links, under any header or none. */
function isSongColumn(rows: readonly CsvRow[]): boolean {
  const [first, ...rest] = rows;
  if (first === undefined || !('cells' in first)) return false;
  if (first.cells.length > 1 && !isSongLine(first.text)) return false;
  return rest.length > 0 && rest.filter((row) => isSongLine(lineOf(row))).length > rest.length * 0.6;
}

/** As the lines of a text are. A header is no song where the others are. */
async function readLines(lines: readonly string[], input: ListText): Promise<readonly ListInFile[]> {
  const [header = '', ...rest] = lines;
  const isHeadless = isSongLine(header) && !/^\W*artists?\W/i.test(header);
  const collector = collectRows(input.fileName, input.name);
  await addLines(collector, withoutNumbers(isHeadless ? lines : rest).map(readSongLine), input);
  return collector.lists();
}

interface TableReader {
  add(rows: readonly CsvRow[]): void;
  end(): readonly ListInFile[];
}

function createTableReader(columns: readonly Column[], fileName: string, name: string): TableReader {
  const collector = collectRows(fileName, name);
  /** Rows whose artists can be divided in more ways than one: they are read anew when the whole file is known. */
  const unsure: (() => void)[] = [];
  const listColumn = columns.findIndex(({ field }) => field === 'listName');
  const isOwn = hasField(columns, 'aboutFile');
  const vote = isITunes(columns) || isOwn ? undefined : createArtistVote(programOf(columns));

  function addRow(row: CsvRow): void {
    const line = isOwn && 'cells' in row ? { ...row, cells: row.cells.map(withoutGuard) } : row;
    const broken = whyBroken(line, columns.length);
    const list = 'cells' in line ? cleanText(line.cells[listColumn] ?? '') : '';
    if (broken !== undefined || !('cells' in line)) {
      collector.add({ skipped: { reason: broken ?? '', text: briefText(line.text) } }, list);
      return;
    }
    const { cells } = line;
    const unclear: string[] = [];
    const result = rowToTrack(columns, cells, (cell, count) => {
      if (vote === undefined) return splitArtists(cell, isOwn ? 'semicolon-tight' : 'semicolon', count);
      if (/[,;]/.test(cell) && count !== 1) unclear.push(cell);
      if (count === undefined) vote.add(cell);
      return splitArtists(cell, 'any', count);
    });
    if ('skipped' in result) {
      collector.add({ skipped: { text: briefText(line.text), ...result.skipped } }, list);
      return;
    }
    const replace = collector.add(result, list);
    if (unclear.length === 0 || vote === undefined) return;
    unsure.push(() => {
      const again = rowToTrack(columns, cells, (cell, count) => splitArtists(cell, vote.style(), count));
      if ('track' in again) replace(again.track);
    });
  }

  return {
    add: (rows) => rows.forEach(addRow),
    end: () => {
      for (const readAgain of unsure) readAgain();
      return collector.lists();
    },
  };
}

/** iTunes has one text for all artists, as it is on the sleeve. */
function isITunes(columns: readonly Column[]): boolean {
  const tags = new Set(columns.map(({ tag }) => tag));
  return tags.has('BIT_RATE') && tags.has('LOCATION');
}

/** Of both, each year added columns, and these were always there. */
function programOf(columns: readonly Column[]): Parameters<typeof createArtistVote>[0] {
  const tags = new Set(columns.map(({ tag }) => tag));
  if (!tags.has('DURATION_MS') || !tags.has('ADDED_AT')) return undefined;
  if (tags.has('GENRES')) return 'exportify.net';
  return tags.has('DISC_NUMBER') && tags.has('NUMBER') ? 'exportify.app' : undefined;
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
