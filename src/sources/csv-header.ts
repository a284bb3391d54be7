import { HarmoniError } from '../errors.ts';
import { briefText, cleanText } from './clean-text.ts';
import { nameByShape } from './column-shapes.ts';
import { type Column, hasField, nameSongs, readColumns } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';

export interface Header {
  readonly columns: readonly Column[];
  /** The rows after it. */
  readonly rest: readonly CsvRow[];
  /** What the file calls its list, where it does. */
  readonly listName?: string;
}

const videoId = /^[\w-]{11}$/;
/** Google Takeout of before 2023 has what it knows of the playlist above its videos. */
const longestBlock = 6;

/**
 * Finds out what the columns of a table hold: by the names in its first row; where those say nothing, or the first row is
 * a song already, by the values; and where a table of videos begins further down.
 * @param rows the first rows
 * @throws HarmoniError source-empty when no column names songs
 */
export function readHeader(rows: readonly CsvRow[], fileName: string): Header {
  const first = cellsOf(rows[0]);
  const headless = first.some(isSong);
  const headers = headless ? first.map((_, index) => `Column ${index + 1}`) : first;
  const rest = headless ? rows : rows.slice(1);
  const sample = rest.map(cellsOf).filter((cells) => cells.length === headers.length);
  const named = readColumns(headers);
  if (nameSongs(named)) return { columns: withVideoIds(named, sample), rest };
  const videos = readVideoTable(rows);
  if (videos !== undefined) return videos;
  const columns = readColumns(nameByShape(headers, sample) ?? headers);
  if (nameSongs(columns)) return { columns, rest };
  throw noColumns(headers, fileName);
}

/** Whether a first line, divided already, names the columns of a list of songs or videos. */
export function isHeader(cells: readonly string[]): boolean {
  const columns = readColumns(cells);
  return cells.length > 1 && (nameSongs(columns) || hasField(columns, 'youtubeId'));
}

/** Whether a cell is no header, but a song already. */
export function isSong(cell: string): boolean {
  return /^spotify:(?:track|local|episode):/.test(cell);
}

const cellsOf = (row: CsvRow | undefined): readonly string[] =>
  row !== undefined && 'cells' in row ? row.cells : [];

/** YouTube writes "Video ID" in the language of the account. */
function withVideoIds(columns: readonly Column[], sample: readonly (readonly string[])[]): readonly Column[] {
  if (hasField(columns, 'youtubeId')) return columns;
  const at = columns.findIndex(
    ({ field, tag }, index) =>
      field === undefined && /VID|ID\b/.test(tag) && areIds(sample.map((cells) => cells[index] ?? '')),
  );
  return columns.map((column, index) => (index === at ? { ...column, field: 'youtubeId' } : column));
}

const areIds = (cells: readonly string[]): boolean =>
  cells.length > 0 && cells.filter((cell) => videoId.test(cell.trim())).length >= cells.length * 0.9;

/**
 * A playlist of Google Takeout: its videos' ids are all it has. Newer ones begin with their header, older ones with a
 * header and a row about the playlist.
 */
function readVideoTable(rows: readonly CsvRow[]): Header | undefined {
  const cells = rows.map(cellsOf);
  const at = cells
    .slice(0, longestBlock)
    .findIndex((row, index) => isVideoHeader(row) || (index > 0 && areIds(firstOf(cells.slice(index)))));
  if (at === -1) return undefined;
  const header = isVideoHeader(cells[at] ?? []) ? at : at - 1;
  const columns = readColumns(cells[header] ?? []).map((column, index): Column => {
    if (index === 0) return { ...column, field: 'youtubeId' };
    return index === 1 && column.field === undefined ? { ...column, field: 'addedAt' } : column;
  });
  const listName = nameInBlock(cells.slice(0, header));
  return {
    columns,
    rest: rows.slice(header + 1),
    ...(listName === undefined ? {} : { listName }),
  };
}

const firstOf = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.map(([first = '']) => first);

function isVideoHeader([first = '', ...others]: readonly string[]): boolean {
  return others.length < 4 && readColumns([first])[0]?.field === 'youtubeId' && !videoId.test(first);
}

/** "Playlist Id,...,Title,..." and the values below it. */
function nameInBlock([names = [], values = []]: readonly (readonly string[])[]): string | undefined {
  const at = readColumns(names).findIndex(({ field }) => field === 'track');
  const name = cleanText(values[at] ?? '');
  return name === '' ? undefined : name;
}

function noColumns(headers: readonly string[], fileName: string): HarmoniError {
  const names = headers.slice(0, 12).map((header) => `"${briefText(header)}"`);
  const more = headers.length > 12 ? ` and ${headers.length - 12} more` : '';
  return new HarmoniError(
    'source-empty',
    `${fileName} has no title and artist columns that HARMONI knows. It has ${names.join(', ')}${more}.`,
    {
      fix: 'Export the playlist again with Exportify, or name the columns "Track Name" and "Artist Name(s)".',
    },
  );
}
