import { namePartsOf, numbered, safeName } from '../../downloads/file-names.ts';
import { foldName } from '../../tracks/fold.ts';
import { mediaText } from '../../tracks/media.ts';
import type { Track } from '../../tracks/track.ts';
import { nameOf, titleOf, type LibrarySong } from '../songs.ts';

/** A playlist that is copied. */
export interface CopyList {
  /** As people call it, and its folder in the copy. */
  readonly name: string;
  readonly label: string;
  readonly songs: readonly LibrarySong[];
}

/** A file that the copy is to have. */
export interface CopyItem {
  /** Tells it in the next run, wherever the song stands in its playlist then. */
  readonly key: string;
  readonly song: LibrarySong;
  readonly list: Pick<CopyList, 'name' | 'label'> | undefined;
  /** From 1 on; undefined outside of a playlist. */
  readonly position: number | undefined;
  /** Its path in the copy, in parts, the last without extension. */
  readonly parts: readonly string[];
}

/** Each playlist is a folder, and its songs are numbered in its order: that is how simple players sort them. Pure. */
export function planLists(lists: readonly CopyList[]): readonly CopyItem[] {
  return lists.flatMap(({ name, label, songs }) => {
    const digits = Math.max(2, String(songs.length).length);
    const times = new Map<string, number>();
    return songs.map((song, at): CopyItem => {
      const id = idOf(song);
      const time = (times.get(id) ?? 0) + 1;
      times.set(id, time);
      const number = String(at + 1).padStart(digits, '0');
      return {
        key: [label, id, ...(time === 1 ? [] : [time])].join('\n'),
        song,
        list: { name, label },
        position: at + 1,
        parts: [safeName(label), safeName(`${number} ${nameOf(song)}`, mostNameBytes)],
      };
    });
  });
}

/** Songs without playlists, as a template has them. Pure. */
export function planSongs(songs: readonly LibrarySong[], template: string): readonly CopyItem[] {
  const seen = new Set<string>();
  return songs.flatMap((song): readonly CopyItem[] => {
    const key = `\n${idOf(song)}`;
    // A song in the folders of two playlists is one.
    if (seen.has(key)) return [];
    seen.add(key);
    const parts = namePartsOf(template, trackOf(song), undefined, 'flac');
    return [{ key, song, list: undefined, position: undefined, parts }];
  });
}

/** Old players count in characters of a short name. */
const mostNameBytes = 120;

/** The path of an item below the copy, with "/"; with a number from the second attempt on. Pure. */
export function pathInCopy({ parts }: Pick<CopyItem, 'parts'>, extension: string, attempt: number): string {
  return numbered(parts, extension, attempt).join('/');
}

function idOf(song: LibrarySong): string {
  const { file, facts } = song;
  const [isrc] = facts.isrcs;
  // Two songs may have one ISRC, and each is wanted.
  const byCode = isrc === undefined ? undefined : `${isrc} ${foldName(titleOf(song))}`;
  return (file.media && mediaText(file.media)) ?? facts.spotifyUri ?? byCode ?? file.path;
}

function trackOf(song: LibrarySong): Track {
  const { artist = '', artists, album, albumArtist, date, trackNumber, discNumber } = song.facts;
  return {
    artists,
    artist,
    track: titleOf(song),
    ...(album === undefined ? {} : { album }),
    ...(albumArtist === undefined ? {} : { albumArtists: [albumArtist] }),
    ...(date === undefined ? {} : { releaseDate: date }),
    ...(trackNumber === undefined ? {} : { trackNumber }),
    ...(discNumber === undefined ? {} : { discNumber }),
  };
}

type Properties = Readonly<Record<string, readonly string[]>>;

/** What says which album a song is of. */
const ofAlbum =
  /^(?:ALBUM|TRACKTOTAL|TOTALTRACKS|DISC|MUSICBRAINZ_(?:ALBUM|RELEASE)|RELEASE(?:TYPE|STATUS|COUNTRY)|REPLAYGAIN_ALBUM|R128_ALBUM|BARCODE|CATALOGNUMBER)/;

/** The tags that make a playlist an album for players that know no playlists. Never in the library itself. Pure. */
export function albumOfList(properties: Properties, list: string, position: number): Properties {
  const kept = Object.entries(properties).filter(([name]) => !ofAlbum.test(name));
  return {
    ...Object.fromEntries(kept),
    ALBUM: [list],
    ALBUMARTIST: ['Various Artists'],
    COMPILATION: ['1'],
    TRACKNUMBER: [String(position)],
  };
}
