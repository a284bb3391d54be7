import { isrcCode } from '../tracks/isrc.ts';
import { readLocalFile } from '../tracks/local-file.ts';
import { songName } from '../tracks/song-name.ts';
import type { SkippedRow, Track } from '../tracks/track.ts';
import type { SpotifyAlbum, SpotifyEntry, SpotifyItem } from './schemas.ts';

export type ReadRow = { readonly track: Track } | { readonly skipped: SkippedRow };

/** One row of a playlist or of the liked songs; `row` counts from 1. Pure. */
export function toTrack(entry: SpotifyEntry | undefined, row: number): ReadRow {
  const item = entry?.item ?? entry?.track;
  if (entry === undefined || item === undefined) return skip(row, 'removed from Spotify');
  if (item.type === 'episode' || item.episode === true || item.uri?.startsWith('spotify:episode:') === true) {
    return skip(row, 'a podcast episode', [item.show?.name ?? '', item.name ?? '']);
  }
  if (entry.is_local === true || item.is_local === true || item.uri?.startsWith('spotify:local:') === true) {
    return readLocal(entry, item, row);
  }
  const title = item.name?.trim() ?? '';
  const own = namesOf(item.artists);
  const artists = own.length > 0 ? own : namesOf(item.album?.artists);
  if (title === '') return skip(row, 'no longer available on Spotify', [artists.join(', ')]);
  if (artists.length === 0) return skip(row, 'no artist name', [title]);
  return { track: { ...trackOf(item, title, artists), ...addition(entry) } };
}

/** A file on the user's own device: its tags are all that Spotify knows, and its address leads nowhere. */
function readLocal(entry: SpotifyEntry, item: SpotifyItem, row: number): ReadRow {
  const { artist = '', title = '', ...facts } = readLocalFile(item.uri ?? '') ?? {};
  const own = namesOf(item.artists);
  const artists = own.length > 0 || artist === '' ? own : [artist];
  const name = item.name?.trim() ?? '';
  const track = name === '' ? title : name;
  if (artists.length === 0 || track === '') {
    return skip(row, 'a local file without artist and title', [artists.join(', '), track]);
  }
  return {
    track: {
      artists,
      artist: artists.join(', '),
      track,
      ...facts,
      ...filled('album', item.album?.name),
      ...positive('durationMs', item.duration_ms),
      ...addition(entry),
    },
  };
}

/** A track asked for by itself, or one of an album, whose rows do not repeat the album. Pure. */
export function itemToTrack(item: SpotifyItem, row: number, album?: SpotifyAlbum): ReadRow {
  const whole = album === undefined ? item : { ...item, album };
  return toTrack({ added_at: undefined, is_local: undefined, item: whole, track: undefined }, row);
}

function skip(row: number, reason: string, names: readonly string[] = []): ReadRow {
  const text = songName(...names);
  return { skipped: { row, reason, ...(text === '' ? {} : { text }) } };
}

function trackOf(item: SpotifyItem, title: string, artists: readonly string[]): Track {
  const album = item.album;
  const albumArtists = namesOf(album?.artists);
  const cover = largest(album?.images);
  const isrc = isrcCode(textIn(item.external_ids, 'isrc') ?? '');
  const uri = item.uri ?? (item.id === undefined ? undefined : `spotify:track:${item.id}`);
  const copyright = (album?.copyrights ?? []).map((entry) => entry.text ?? '').filter((line) => line !== '');
  return {
    artists,
    artist: artists.join(', '),
    track: title,
    ...filled('album', album?.name),
    ...(albumArtists.length > 0 ? { albumArtists } : {}),
    ...(/^[1-9]\d{3}(-\d\d){0,2}$/.test(album?.release_date ?? '')
      ? filled('releaseDate', album?.release_date)
      : {}),
    ...positive('durationMs', item.duration_ms),
    ...positive('trackNumber', item.track_number),
    ...positive('trackTotal', album?.total_tracks),
    ...positive('discNumber', item.disc_number),
    ...filled('isrc', isrc),
    ...(item.explicit === undefined ? {} : { explicit: item.explicit }),
    ...((album?.genres ?? []).length > 0 ? { genres: album?.genres ?? [] } : {}),
    ...filled('label', album?.label),
    ...filled('copyright', copyright.join('; ')),
    ...filled('spotifyUri', uri),
    ...filled('coverUrl', cover),
    ...extraOf(item),
  };
}

function addition(entry: SpotifyEntry): Pick<Track, 'addedAt'> {
  return filled('addedAt', entry.added_at);
}

/** What Track has no name for, by an upper-case tag name. */
function extraOf(item: SpotifyItem): Pick<Track, 'extra'> {
  const uris = (item.artists ?? []).map((artist) => artist?.uri ?? '').filter((uri) => uri !== '');
  const extra = {
    ...filled('SPOTIFY_ARTIST_URIS', uris.join(' ')),
    ...filled('SPOTIFY_ALBUM_URI', item.album?.uri),
    ...filled('ALBUM_TYPE', item.album?.album_type),
    ...filled('BARCODE', textIn(item.album?.external_ids, 'upc') ?? textIn(item.external_ids, 'ean')),
    ...filled('POPULARITY', item.popularity?.toString()),
    ...filled('SPOTIFY_LINKED_FROM', item.linked_from?.uri),
    ...filled('SPOTIFY_PLAYABLE', item.is_playable?.toString()),
    ...filled('SPOTIFY_RESTRICTION', item.restrictions?.reason),
  };
  return Object.keys(extra).length > 0 ? { extra } : {};
}

/** `{key: value}`, or nothing when there is no value, so that no field is ever "" or undefined. */
function filled<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>>;
function filled(key: string, value: string | undefined): Record<string, string> {
  return value === undefined || value.trim() === '' ? {} : { [key]: value.trim() };
}

function positive<K extends string>(key: K, value: number | undefined): Partial<Record<K, number>>;
function positive(key: string, value: number | undefined): Record<string, number> {
  return value === undefined || value <= 0 ? {} : { [key]: value };
}

/** Names may be null or "" (removed artists), and the same artist may be listed twice. */
function namesOf(artists: SpotifyItem['artists']): readonly string[] {
  const names = (artists ?? []).map((artist) => artist?.name?.trim() ?? '');
  return [...new Set(names.filter((name) => name !== ''))];
}

function largest(images: NonNullable<SpotifyItem['album']>['images']): string | undefined {
  const [first, ...rest] = (images ?? []).filter((image) => image?.url !== undefined);
  return rest.reduce((best, image) => ((image?.width ?? 0) > (best?.width ?? 0) ? image : best), first)?.url;
}

function textIn(record: Readonly<Record<string, unknown>> | undefined, key: string): string | undefined {
  const value = record?.[key];
  return typeof value === 'string' ? value : undefined;
}
