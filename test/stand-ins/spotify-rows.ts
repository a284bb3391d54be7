import {
  snapshotOf,
  spotifyId,
  type DemoPlaylist,
  type DemoRow,
  type DemoRows,
} from '../../src/demo/spotify-catalogue.ts';

/** Changes the rows as an edit in another app would: the snapshot id changes too. */
export function edit(playlist: DemoPlaylist, rows: readonly DemoRow[]): void {
  playlist.rows = [...rows];
  playlist.snapshotId = snapshotOf(rows.length, playlist.snapshotId);
}

/** `length` different songs, each made when it is asked for. */
export function manyRows(length: number): DemoRows {
  return {
    length,
    at(index) {
      if (index < 0 || index >= length) return undefined;
      const number = length - index;
      const artist = `Demo Artist ${(number % 500) + 1}`;
      return {
        kind: 'track',
        track: {
          artists: [artist],
          artist,
          track: `Demo Song ${number}`,
          album: `Demo Album ${number % 900}`,
          durationMs: 120_000 + (number % 180) * 1_000,
          isrc: `ZZDEM${String(number).padStart(7, '0')}`,
          spotifyUri: `spotify:track:${spotifyId(`many ${number}`)}`,
        },
      };
    },
  };
}
