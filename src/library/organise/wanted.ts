import { namePartsOf } from '../../downloads/file-names.ts';
import { foldName } from '../../tracks/fold.ts';
import type { SongFacts } from '../../tracks/song-facts.ts';
import type { Track } from '../../tracks/track.ts';

/** A file of the library that is to be put in order. */
export interface OrganiseSong {
  /** Absolute. */
  readonly path: string;
  readonly facts: SongFacts;
  /** Of its name, without the dot: what it is called stays. */
  readonly extension: string;
  /** Of its name, without the extension: what a file without tags is known by. */
  readonly stem: string;
}

/** Who made an album that nobody made alone. */
const variousArtists = 'Various Artists';

/** The number of discs of every album, as far as its songs tell. Pure. */
export function discsOfAlbums(songs: readonly Pick<OrganiseSong, 'facts'>[]): ReadonlyMap<string, number> {
  const discs = new Map<string, number>();
  for (const { facts } of songs) {
    const key = albumKey(facts);
    if (key === undefined) continue;
    discs.set(key, Math.max(discs.get(key) ?? 0, facts.discNumber ?? 0, facts.discTotal ?? 0));
  }
  return discs;
}

function albumKey(facts: SongFacts): string | undefined {
  const { album } = facts;
  if (album === undefined) return undefined;
  const artist =
    facts.isCompilation === true
      ? variousArtists
      : (facts.albumArtist ?? facts.artists[0] ?? facts.artist ?? '');
  return `${foldName(artist)}\0${foldName(album)}`;
}

/**
 * Where a template has a song, as the parts of the path below the library without extension: as a download of it would.
 * Pure.
 * @param label of the list that it's filed under
 */
export function wantedParts(
  song: OrganiseSong,
  template: string,
  label: string | undefined,
  discs: ReadonlyMap<string, number>,
): readonly string[] {
  const { facts, extension } = song;
  const key = albumKey(facts);
  const discTotal = key === undefined ? undefined : discs.get(key);
  const track = { ...trackOf(song), ...(discTotal === undefined ? {} : { discTotal }) };
  return namePartsOf(template, track, label, extension.toLowerCase());
}

/** What the tags of a file say, as its source would have. A file without a title is known by its name. Pure. */
function trackOf({ facts, stem }: OrganiseSong): Track {
  const { title, artist, album, date, originalDate, trackNumber, discNumber, genres, label } = facts;
  const artists = facts.artists.length > 0 ? facts.artists : artist === undefined ? [] : [artist];
  const albumArtist = facts.albumArtist ?? (facts.isCompilation === true ? variousArtists : undefined);
  const releaseDate = date ?? originalDate;
  return {
    artists,
    artist: artist ?? artists.join(', '),
    track: title ?? stem,
    ...(album === undefined ? {} : { album }),
    ...(albumArtist === undefined ? {} : { albumArtists: [albumArtist] }),
    ...(releaseDate === undefined ? {} : { releaseDate }),
    ...(trackNumber === undefined ? {} : { trackNumber }),
    ...(discNumber === undefined ? {} : { discNumber }),
    ...(genres.length === 0 ? {} : { genres }),
    ...(label === undefined ? {} : { label }),
  };
}
