import { HarmoniError } from '../errors.ts';
import type { SkippedRow, Track, TrackList } from '../tracks/track.ts';
import { type ArtistStyle, splitArtists, styleOf } from './artists.ts';
import { briefText } from './clean-text.ts';
import { nameByShape } from './column-shapes.ts';
import { type Column, nameSongs, readColumns } from './columns.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { decodeText } from './decode-text.ts';
import { emptyList } from './empty-list.ts';
import { mostRows } from './limits.ts';
import { rowToTrack } from './row-to-track.ts';

export interface CsvInput {
  /** Of the list. */
  readonly name: string;
  /** For messages. */
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}

/**
 * Reads one CSV of either Exportify, of any year and language, or one like them.
 * @throws HarmoniError source-empty with the reason when it has no song, source-too-large
 */
export async function readCsvList(input: CsvInput): Promise<TrackList> {
  let reader: ListReader | undefined;
  for await (const rows of readCsvRows(decodeText(input.bytes, input.fileName), input.fileName)) {
    input.signal.throwIfAborted();
    if (reader === undefined) {
      const { columns, rest } = readHeader(rows, input.fileName);
      reader = createListReader(columns, input.fileName);
      reader.add(rest);
    } else reader.add(rows);
  }
  const { tracks, skipped } = reader?.end() ?? { tracks: [], skipped: [] };
  if (tracks.length === 0) throw emptyList(input.fileName, skipped);
  return { name: input.name, tracks, skipped, folder: 'own' };
}

const isData = /^spotify:(?:track|local|episode):/;

/** The first row names the columns; where its names say nothing, or it is a song already, the values do. */
function readHeader(
  rows: readonly CsvRow[],
  fileName: string,
): { columns: readonly Column[]; rest: readonly CsvRow[] } {
  const [first] = rows;
  const cells = first !== undefined && 'cells' in first ? first.cells : [];
  const headless = cells.some((cell) => isData.test(cell));
  const headers = headless ? cells.map((_, index) => `Column ${index + 1}`) : cells;
  const rest = headless ? rows : rows.slice(1);
  const named = readColumns(headers);
  if (nameSongs(named)) return { columns: named, rest };

  const sample = rest.flatMap((row) =>
    'cells' in row && row.cells.length === headers.length ? [row.cells] : [],
  );
  const columns = readColumns(nameByShape(headers, sample) ?? headers);
  if (nameSongs(columns)) return { columns, rest };
  const names = headers.slice(0, 12).map((header) => `"${briefText(header)}"`);
  const more = headers.length > 12 ? ` and ${headers.length - 12} more` : '';
  throw new HarmoniError(
    'source-empty',
    `${fileName} has no title and artist columns that HARMONI knows. It has ${names.join(', ')}${more}.`,
    {
      fix: 'Export the playlist again with Exportify, or name the columns "Track Name" and "Artist Name(s)".',
    },
  );
}

interface ListReader {
  add(rows: readonly CsvRow[]): void;
  end(): { readonly tracks: readonly Track[]; readonly skipped: readonly SkippedRow[] };
}

function createListReader(columns: readonly Column[], fileName: string): ListReader {
  const tracks: Track[] = [];
  const skipped: SkippedRow[] = [];
  /** Tracks whose cell of artists has a comma: they are divided anew when the whole file is known. */
  const withComma: { readonly at: number; readonly cell: string }[] = [];
  let style = usualStyle(columns);
  let row = 0;
  let unsure: string | undefined;

  const readArtists = (cell: string, count?: number) => {
    unsure = count === undefined && cell.includes(',') && !cell.includes(';') ? cell : undefined;
    // A ";" tells more than a comma, and is not taken back.
    if (count === undefined && style !== 'semicolon') style = styleOf(cell) ?? style;
    return splitArtists(cell, style, count);
  };

  function addRow(line: CsvRow): void {
    row += 1;
    if (row > mostRows) {
      const most = mostRows.toLocaleString('en');
      throw new HarmoniError('source-too-large', `${fileName} has more than ${most} rows.`);
    }
    const broken = whyBroken(line, columns.length);
    if (broken !== undefined) skipped.push({ row, reason: broken, text: briefText(line.text) });
    if (broken !== undefined || !('cells' in line)) return;
    const result = rowToTrack(columns, line.cells, readArtists);
    if ('skipped' in result) skipped.push({ row, text: briefText(line.text), ...result.skipped });
    else {
      if (unsure !== undefined) withComma.push({ at: tracks.length, cell: unsure });
      tracks.push(result.track);
    }
  }

  return {
    add: (rows) => rows.forEach(addRow),
    end: () => {
      for (const { at, cell } of withComma) {
        const track = tracks[at];
        const artists = splitArtists(cell, style);
        if (track !== undefined) tracks[at] = { ...track, artists, artist: artists.join(', ') };
      }
      return { tracks, skipped };
    },
  };
}

/** Files of exportify.net since May 2025 have both columns; from then on ", " only occurs within a name. */
function usualStyle(columns: readonly Column[]): ArtistStyle {
  const tags = new Set(columns.map(({ tag }) => tag));
  return tags.has('EXPLICIT') && tags.has('RECORD_LABEL') && tags.has('DURATION_MS') ? 'comma' : 'any';
}

function whyBroken(row: CsvRow, columns: number): string | undefined {
  if ('broken' in row) return row.cut ? 'the file ends in the middle of this row' : row.broken;
  const { length } = row.cells;
  if (length < columns && row.cut) return 'the file ends in the middle of this row';
  const tooMany = row.cells.slice(columns).some((cell) => cell.trim() !== '');
  if (tooMany || (row.patched && length !== columns))
    return `the row has ${length} cells instead of ${columns}`;
  return undefined;
}
