import type { Config } from '../config/schema.ts';
import type { Track } from '../tracks/track.ts';

/** What goes into a file. Property names are TagLib's: camelCase for those it maps, upper case for custom ones. */
export interface TagFields {
  readonly properties: Readonly<Record<string, readonly string[]>>;
  /** "3/12" and "1/2", only where a total is known: they need a pass of their own. */
  readonly trackOfTotal?: string;
  readonly discOfTotal?: string;
  readonly wantsCover: boolean;
}

const pitchClasses = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];

/**
 * The tags of a track. `videoId` says where the audio came from; with the Spotify URI and the ISRC it lets HARMONI
 * recognise the file under any name. Pure.
 */
export function tagFieldsOf(
  track: Track,
  template: Config['metadata_template'],
  videoId: string | undefined,
): TagFields {
  const basic = {
    title: optional(track.track),
    artist: optional(track.artist),
    album: optional(track.album),
    ...identity(track, videoId),
  };
  if (template === 'basic') return { properties: filled(basic), wantsCover: false };
  const own = Object.entries(track.extra ?? {}).filter(([name]) => !ownNames.has(name.toUpperCase()));
  const properties = filled({
    ...Object.fromEntries(own.map(([name, value]) => [name, [value]])),
    ...basic,
    // The joined text is for players, the list for programs; Picard writes both in the same way.
    ARTISTS: track.artists.length > 1 ? track.artists : [],
    albumArtist: optional(track.albumArtists?.join(', ')),
    date: optional(track.releaseDate),
    trackNumber: optional(track.trackNumber),
    discNumber: optional(track.discNumber),
    genre: track.genres ?? [],
    label: optional(track.label),
    copyright: optional(track.copyright),
    bpm: track.tempo === undefined ? [] : [String(Math.round(track.tempo))],
    INITIALKEY: optional(initialKey(track.key, track.mode)),
    ENERGY: optional(track.energy),
    TEMPO: optional(track.tempo),
    EXPLICIT: track.explicit === undefined ? [] : [track.explicit ? '1' : '0'],
    ADDED_AT: optional(track.addedAt),
    ADDED_BY: optional(track.addedBy),
  });
  return {
    properties,
    ...(track.trackNumber !== undefined && track.trackTotal !== undefined
      ? { trackOfTotal: `${track.trackNumber}/${track.trackTotal}` }
      : {}),
    ...(track.discNumber !== undefined && track.discTotal !== undefined
      ? { discOfTotal: `${track.discNumber}/${track.discTotal}` }
      : {}),
    wantsCover: template === 'comprehensive',
  };
}

function identity(track: Track, videoId: string | undefined): Record<string, string[]> {
  return {
    isrc: optional(track.isrc),
    SPOTIFY_URI: optional(track.spotifyUri),
    YOUTUBE_ID: optional(videoId),
  };
}

/** Spotify's pitch class and mode in the notation of ID3's TKEY: "Am", "F#". */
function initialKey(key: number | undefined, mode: number | undefined): string | undefined {
  const name = key === undefined ? undefined : pitchClasses[key];
  return name === undefined ? undefined : `${name}${mode === 0 ? 'm' : ''}`;
}

/** A column of the source that is called like one of these would be written over the track's own. */
const ownNames: ReadonlySet<string> = new Set(
  (
    'TITLE ARTIST ALBUM ISRC SPOTIFY_URI YOUTUBE_ID ARTISTS ALBUMARTIST DATE TRACKNUMBER DISCNUMBER GENRE LABEL ' +
    'COPYRIGHT BPM INITIALKEY ENERGY TEMPO EXPLICIT ADDED_AT ADDED_BY'
  ).split(' '),
);

function optional(value: string | number | undefined): string[] {
  return value === undefined || value === '' ? [] : [String(value)];
}

function filled(fields: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, values]) => [name, values.map(plainText).filter((value) => value !== '')] as const)
      .filter(([, values]) => values.length > 0),
  );
}

/** Without what no format gives back as it was: NUL divides values, and half a pair is no UTF-8. */
function plainText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .toWellFormed();
}
