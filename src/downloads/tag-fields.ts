import type { Config } from '../config/schema.ts';
import { lengthsContradict } from '../tracks/identity.ts';
import { mediaText, type Media } from '../tracks/media.ts';
import { ownIdOf } from '../tracks/own-id.ts';
import type { Track } from '../tracks/track.ts';

/** What goes into a file, by TagLib's names of properties, which each format writes in its own way. */
export interface TagFields {
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

const pitchClasses = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];

/**
 * The tags of a track. `media` says where the audio came from. The Spotify URI, the ISRC, or else HARMONI_ID let HARMONI
 * recognise the file under any name, and with any other title and artist. Pure.
 * @param fileMs the length of the file, in ms: where the track's differs, that is written, too
 * @param source the track as its list has it, without what the upload knew
 */
export function tagFieldsOf(
  track: Track,
  template: Config['metadata_template'],
  media: Media | undefined,
  fileMs?: number,
  source = track,
): TagFields {
  const basic = {
    TITLE: optional(track.track),
    ARTIST: optional(track.artist),
    ALBUM: optional(track.album),
    ...identity(track, media, fileMs),
    HARMONI_ID: optional(ownIdOf(source, media)),
  };
  if (template === 'basic') return { properties: filled(basic) };
  const own = Object.entries(track.extra ?? {}).filter(([name]) => !ownNames.has(name.toUpperCase()));
  const properties = filled({
    ...Object.fromEntries(own.map(([name, value]) => [name, [value]])),
    ...basic,
    // The joined text is for players, the list for programs; Picard writes both in the same way.
    ARTISTS: track.artists.length > 1 ? track.artists : [],
    ALBUMARTIST: optional(albumArtistOf(track)),
    ALBUMARTISTS: (track.albumArtists?.length ?? 0) > 1 ? (track.albumArtists ?? []) : [],
    COMPILATION: isOfVarious(track) ? ['1'] : [],
    DATE: optional(track.releaseDate),
    TRACKNUMBER: optional(ofTotal(track.trackNumber, track.trackTotal)),
    DISCNUMBER: optional(ofTotal(track.discNumber, track.discTotal)),
    GENRE: track.genres ?? [],
    LABEL: optional(track.label),
    COPYRIGHT: optional(track.copyright),
    BPM: track.tempo === undefined ? [] : [String(Math.round(track.tempo))],
    INITIALKEY: optional(initialKey(track.key, track.mode)),
    ENERGY: optional(track.energy),
    TEMPO: optional(track.tempo),
    // Of the others Spotify doesn't say that they were cleaned, which is what 2 means.
    ITUNESADVISORY: track.explicit === true ? ['1'] : [],
    EXPLICIT: track.explicit === undefined ? [] : [track.explicit ? '1' : '0'],
    ADDED_AT: optional(track.addedAt),
  });
  return { properties };
}

/** Players that group by it else show an album once for each guest: a file of a list often names none. */
function albumArtistOf({ album, albumArtists = [], artists }: Track): string | undefined {
  if (albumArtists.length > 0) return albumArtists.join(', ');
  return album === undefined ? undefined : artists[0];
}

/** In the languages that Spotify and YouTube Music use for it most. */
const various =
  /^(?:various(?: artists)?|va|verschiedene interpreten|artistes divers|varios artistas|vários artistas|artisti vari)$/i;

function isOfVarious({ albumArtists = [] }: Track): boolean {
  return albumArtists.length === 1 && various.test(albumArtists[0] ?? '');
}

/** The fields as a format has them: Vorbis comments have the total in a field of its own. Pure. */
export function fieldsOfFormat({ properties }: TagFields, extension: string): TagFields {
  if (extension === 'mp3' || extension === 'wav') return { properties: withBareLyrics(properties) };
  if (!['opus', 'ogg', 'flac'].includes(extension)) return { properties };
  const apart: Record<string, readonly string[]> = {};
  for (const name of ['TRACK', 'DISC']) {
    const [number, total] = properties[`${name}NUMBER`]?.[0]?.split('/') ?? [];
    if (number === undefined || total === undefined) continue;
    apart[`${name}NUMBER`] = [number];
    apart[`${name}TOTAL`] = [total];
  }
  return { properties: { ...properties, ...apart } };
}

/** To TagLib what follows the colon is the description of the text in ID3: players look for the one that has none. */
function withBareLyrics({ LYRICS: lyrics, ...others }: TagFields['properties']): TagFields['properties'] {
  return lyrics === undefined ? others : { ...others, 'LYRICS:': lyrics };
}

/** "3/12", or "3" where the total is not known. */
function ofTotal(number: number | undefined, total: number | undefined): string | undefined {
  return number === undefined || total === undefined ? number?.toString() : `${number}/${total}`;
}

function identity(
  track: Track,
  media: Media | undefined,
  fileMs: number | undefined,
): Record<string, string[]> {
  const { durationMs } = track;
  return {
    ISRC: optional(track.isrc),
    SPOTIFY_URI: optional(track.spotifyUri),
    YOUTUBE_ID: media?.provider === 'youtube' ? [media.id] : [],
    HARMONI_MEDIA: media === undefined || media.provider === 'youtube' ? [] : [mediaText(media)],
    // A video may have a scene before the song: without this it would be taken for another song of the name.
    TRACK_DURATION_MS: lengthsContradict(durationMs, fileMs) ? optional(durationMs) : [],
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
    'TITLE ARTIST ALBUM ISRC SPOTIFY_URI YOUTUBE_ID HARMONI_MEDIA HARMONI_ID ARTISTS ALBUMARTIST ALBUMARTISTS COMPILATION DATE TRACKNUMBER TRACKTOTAL ' +
    'DISCNUMBER DISCTOTAL GENRE LABEL COPYRIGHT BPM INITIALKEY ENERGY TEMPO ITUNESADVISORY EXPLICIT ADDED_AT TRACK_DURATION_MS ' +
    // Who added it to the playlist is a person.
    'ADDED_BY ' +
    // Other services' business.
    'LYRICS UNSYNCEDLYRICS HARMONI_CUT HARMONI_PROOF ' +
    // In Vorbis comments these are pictures.
    'METADATA_BLOCK_PICTURE COVERART'
  ).split(' '),
);

function optional(value: string | number | undefined): string[] {
  return value === undefined || value === '' ? [] : [String(value)];
}

function filled(fields: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, values]) => [name, values.map(plainText).filter((value) => value.trim() !== '')] as const)
      .filter(([, values]) => values.length > 0),
  );
}

/** One line that every reader gives back as it was: half a pair loses the whole text, NUL divides it for some. */
function plainText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .toWellFormed();
}
