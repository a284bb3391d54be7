import { HarmoniError } from '../errors.ts';
import type { SkippedRow, Track, TrackList } from '../tracks/track.ts';
import { mostRows } from './limits.ts';
import type { RowResult } from './row-to-track.ts';

/**
 * A list as its file has it. `origin` is here what tells it from the other lists of the file; absent where the file is
 * one list, whatever it is called. read-lists.ts makes the list's own origin of it.
 */
export type ListInFile = TrackList;

export interface RowCollector {
  /**
   * Adds the next row. `list` is the name of its list, where the file has several. Returns what puts another track in its
   * place.
   * @throws HarmoniError source-too-large
   */
  add(row: RowResult, list?: string): (track: Track) => void;
  /** The lists in the order of their first rows; one without rows where there was none. */
  lists(): readonly ListInFile[];
}

/** Collects the rows of a file: songs and what could not be used, by list, each list with row numbers of its own. */
export function collectRows(fileName: string, name: string): RowCollector {
  const byList = new Map<string, { readonly tracks: Track[]; readonly skipped: SkippedRow[] }>();
  let count = 0;
  const rowsOf = (list: string) => {
    const rows = byList.get(list) ?? { tracks: [], skipped: [] };
    byList.set(list, rows);
    return rows;
  };
  return {
    add(result, list = '') {
      count += 1;
      if (count > mostRows) {
        const most = mostRows.toLocaleString('en');
        throw new HarmoniError('source-too-large', `${fileName} has more than ${most} rows.`);
      }
      const { tracks, skipped } = rowsOf(list);
      if ('skipped' in result) {
        skipped.push({ row: tracks.length + skipped.length + 1, ...result.skipped });
        return () => undefined;
      }
      const at = tracks.push(result.track) - 1;
      return (track) => {
        tracks[at] = track;
      };
    },
    lists() {
      if (byList.size === 0) rowsOf('');
      return [...byList].map(([own, rows]) => ({
        name: own === '' ? name : own,
        ...(own === '' ? {} : { origin: own }),
        ...rows,
        folder: 'own',
      }));
    },
  };
}
