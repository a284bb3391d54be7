import { namesList } from '../config/layouts.ts';
import type { Track } from '../tracks/track.ts';
import { fieldNames, partsOf } from '../tracks/template.ts';
import { namePartsOf } from './file-names.ts';

/** How the songs of one list lie in the library, as `file_name_template` says. All folders are parts below the library. */
export interface ListLayout {
  /**
   * folder: its songs share a folder that no other list has. apart: the template names it somewhere else, so a song has a
   * place for each of its lists. shared: the template doesn't name it, so a song has one place, whatever lists it is in.
   */
  readonly kind: 'folder' | 'apart' | 'shared';
  /** The folder that its songs share; empty where they share none but the library. */
  readonly folder: readonly string[];
  /** Where its m3u8 goes. */
  readonly playlistFolder: readonly string[];
}

/** Where the m3u8 files of lists go that have no folder of their own. */
export const playlistsFolder = 'Playlists';

const noTrack: Track = { artists: [], artist: '', track: '' };

/** @param label the list's name in the library; undefined for songs that belong to no list. Pure. */
export function layoutOf(template: string, label: string | undefined): ListLayout {
  const playlistFolder = [playlistsFolder];
  if (label === undefined || !namesList(template)) return { kind: 'shared', folder: [], playlistFolder };
  const parts = partsOf(template);
  const first = parts.findIndex(namesList);
  const isFolder = first < parts.length - 1;
  if (!isFolder || parts.slice(0, first + 1).some(namesTrack))
    return { kind: 'apart', folder: [], playlistFolder };
  const folder = namePartsOf(template, noTrack, label, '').slice(0, first + 1);
  return { kind: 'folder', folder, playlistFolder: folder };
}

/**
 * The folder of a track below the library, as parts, where the template gives its album one of its own: one in which
 * another album would not be. Pure.
 */
export function albumFolderOf(
  template: string,
  track: Track,
  label: string | undefined,
  extension: string,
): readonly string[] | undefined {
  const { album } = track;
  if (album === undefined) return undefined;
  const folderOf = (name: string): readonly string[] =>
    namePartsOf(template, { ...track, album: name }, label, extension).slice(0, -1);
  const folder = folderOf(album);
  return folder.at(-1) === folderOf(`${album} 2`).at(-1) ? undefined : folder;
}

/**
 * Whether a file lies where the template has a track of this list: by the parts that name the list, so that other folders
 * may be the user's own. For the kind `apart`. Pure.
 * @param path the file's, as parts below the library
 */
export function isNamedFor(template: string, label: string, track: Track, path: readonly string[]): boolean {
  const parts = partsOf(template);
  const extension = path.at(-1)?.split('.').at(-1) ?? '';
  const wanted = namePartsOf(template, track, label, extension);
  // The artist and the album may come from the video, and are in the name then.
  const isIncomplete = track.artists.length === 0 || track.album === undefined;
  return parts.every((part, index) => {
    if (!namesList(part)) return true;
    const isLast = index === parts.length - 1;
    const name = isLast ? (path.at(-1) ?? '').replace(/\.[^.]*$/, '') : (path[index] ?? '');
    const found = name.normalize('NFC');
    if (found === wanted[index]) return true;
    // With a number, because the name was taken.
    if (isLast && found.replace(/ \(\d+\)$/, '') === wanted[index]) return true;
    return isIncomplete && namesTrack(part) && found.includes(label);
  });
}

/** Whether a part of a template differs from song to song. */
function namesTrack(part: string): boolean {
  return fieldNames(part).some((name) => name !== 'list');
}
