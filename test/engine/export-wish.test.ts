import { expect, test } from 'vitest';
import { readExportWish, type ExportFlags } from '../../src/engine/export-wish.ts';

const today = '2026-11-30';

test.each<[ExportFlags, boolean, string, string, string | undefined]>([
  [{}, true, 'library', 'json', 'harmoni_export_2026-11-30.json'],
  [{ as: 'csv' }, true, 'library', 'csv', 'harmoni_export_2026-11-30.csv'],
  [{ as: 'm3u', to: 'usb' }, false, 'library', 'm3u', 'playlists_2026-11-30'],
  [{ what: 'missing', as: 'csv' }, true, 'missing', 'csv', 'missing_songs_2026-11-30.csv'],
  [{ what: 'playlists' }, true, 'playlists', 'json', 'playlist_tracklist.json'],
  [{ to: 'a/b.CSV' }, false, 'library', 'csv', undefined],
  [{ to: 'b.m3u8' }, false, 'library', 'm3u', undefined],
  [{ to: 'b.txt', as: 'csv' }, false, 'library', 'csv', undefined],
  [{ to: 'folder' }, false, 'library', 'json', 'harmoni_export_2026-11-30.json'],
  [{ to: 'folder.csv' }, true, 'library', 'json', 'harmoni_export_2026-11-30.json'],
  [{ to: '.hidden' }, false, 'library', 'json', 'harmoni_export_2026-11-30.json'],
])('%o (a folder: %s) is %s as %s, called %s in a folder', (flags, isFolder, what, as, nameInFolder) => {
  expect(readExportWish(flags, isFolder, today)).toEqual({ what, as, nameInFolder });
});

test.each<[ExportFlags, RegExp]>([
  [{ to: 'b.txt' }, /\.txt doesn't say/],
  [{ to: 'b.json', as: 'csv' }, /don't fit together/],
  [{ what: 'missing', as: 'm3u' }, /songs that you have/],
  [{ what: 'playlists', to: 'x.m3u' }, /songs that you have/],
])('%o is refused', (flags, message) => {
  expect(() => readExportWish(flags, false, today)).toThrow(message);
});
