import type { Http } from '../../system/http.ts';
import type { AlbumSong } from '../../tracks/album-song.ts';
import { at, listOf, textOf } from './music-json.ts';
import { askMusic } from './music-request.ts';

/** More than any album has. The number goes into file names. */
const mostSongs = 999;

/** The songs of an album on YouTube Music, in its order. @throws HarmoniError as of askMusic */
export async function readMusicAlbum(
  http: Http,
  baseUrl: string,
  albumId: string,
  signal: AbortSignal,
): Promise<readonly AlbumSong[]> {
  return parseMusicAlbum(await askMusic(http, baseUrl, 'browse', { browseId: albumId }, signal));
}

/**
 * Reads the page of an album: rows with a number are its songs, wherever the page has them. Other shelves ("More from this
 * artist") have none. Pure.
 */
export function parseMusicAlbum(page: unknown): readonly AlbumSong[] {
  return [...rowsIn(page)].flatMap((row) => {
    const title = at(row, 'flexColumns', 0, 'musicResponsiveListItemFlexColumnRenderer', 'text', 'runs', 0);
    const text = textOf(at(title, 'text'));
    const number = Number(textOf(at(row, 'index', 'runs', 0, 'text')));
    if (text === undefined || !Number.isInteger(number) || number < 1 || number > mostSongs) return [];
    const id =
      textOf(at(title, 'navigationEndpoint', 'watchEndpoint', 'videoId')) ??
      textOf(at(row, 'playlistItemData', 'videoId'));
    return [{ id, title: text, number }];
  });
}

function* rowsIn(node: unknown, depth = 0): Generator {
  if (typeof node !== 'object' || node === null || depth > 24) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'musicShelfRenderer') {
      for (const item of listOf(at(value, 'contents'))) yield at(item, 'musicResponsiveListItemRenderer');
    } else yield* rowsIn(value, depth + 1);
  }
}
