import { localSong } from './demo-songs.ts';
import type { Track } from '../tracks/track.ts';
import { spotifyId, type DemoPlaylist, type DemoRow } from './spotify-catalogue.ts';

/** Spotify's JSON, as apps of 2026-02-11 and later get it; `baseUrl` is where the stand-in is. */
type Json = Readonly<Record<string, unknown>>;

export function trackId(track: Track): string {
  return track.spotifyUri?.split(':')[2] ?? spotifyId(`track ${track.artist} ${track.track}`);
}

export function albumId(track: Track): string {
  return spotifyId(
    `album ${track.albumArtists?.join() ?? track.artists[0] ?? ''} ${track.album ?? track.track}`,
  );
}

function artistJson(name: string): Json {
  const id = spotifyId(`artist ${name}`);
  return { external_urls: {}, href: null, id, name, type: 'artist', uri: `spotify:artist:${id}` };
}

export function albumJson(track: Track, baseUrl: string): Json {
  const id = albumId(track);
  const url = (width: number): string => track.coverUrl ?? `${baseUrl}/image/${id}?width=${width}`;
  const date = track.releaseDate ?? '2020-01-01';
  return {
    album_type: 'album',
    artists: (track.albumArtists ?? track.artists.slice(0, 1)).map(artistJson),
    external_urls: {},
    href: `${baseUrl}/v1/albums/${id}`,
    id,
    images: [64, 640, 300].map((width) => ({ url: url(width), width, height: width })),
    name: track.album ?? track.track,
    release_date: date,
    release_date_precision: ['year', 'month', 'day'][date.split('-').length - 1],
    total_tracks: track.trackTotal ?? 1,
    type: 'album',
    uri: `spotify:album:${id}`,
  };
}

/** Without `album`, as the tracks of an album are. */
export function simpleTrackJson(track: Track, baseUrl: string): Json {
  const id = trackId(track);
  return {
    artists: track.artists.map(artistJson),
    disc_number: track.discNumber ?? 1,
    duration_ms: track.durationMs ?? 180_000,
    explicit: track.explicit ?? false,
    external_urls: { spotify: `https://open.spotify.com/track/${id}` },
    href: `${baseUrl}/v1/tracks/${id}`,
    id,
    is_local: false,
    name: track.track,
    preview_url: null,
    track_number: track.trackNumber ?? 1,
    type: 'track',
    uri: `spotify:track:${id}`,
  };
}

export function trackJson(track: Track, baseUrl: string): Json {
  return {
    ...simpleTrackJson(track, baseUrl),
    album: albumJson(track, baseUrl),
    external_ids: track.isrc === undefined ? {} : { isrc: track.isrc },
    episode: false,
    track: true,
  };
}

/** What stands in `item`; null where nothing is left. */
export function rowJson(row: DemoRow, baseUrl: string): Json | null {
  switch (row.kind) {
    case 'track':
      return trackJson(row.track, baseUrl);
    case 'removed':
      return null;
    case 'local':
      return localJson(row);
    case 'episode':
      return episodeJson(row);
    case 'unavailable':
      return shell('', spotifyId('unavailable'));
    case 'nameless':
      return shell(null, spotifyId('nameless'));
  }
}

function localJson(row: Extract<DemoRow, { kind: 'local' }>): Json {
  const form = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');
  return {
    ...shell(row.title, null),
    album: { name: row.album, id: null, artists: [], images: [], release_date: null },
    artists: [{ name: row.artist, id: null, uri: null }],
    is_local: true,
    uri: `spotify:local:${form(row.artist)}:${form(row.album)}:${form(row.title)}:${localSong.durationMs / 1000}`,
  };
}

function episodeJson(row: Extract<DemoRow, { kind: 'episode' }>): Json {
  const id = spotifyId(`episode ${row.name}`);
  const own = {
    type: 'episode',
    id,
    uri: `spotify:episode:${id}`,
    name: row.name,
    episode: true,
    track: false,
  };
  return row.trackShaped === true
    ? {
        ...shell(row.name, id),
        ...own,
        artists: [artistJson(row.show)],
        album: { name: row.show, artists: [] },
      }
    : { ...own, duration_ms: 1_800_000, images: [], languages: ['en'], show: { name: row.show } };
}

function shell(name: string | null, id: string | null): Json {
  return {
    album: { name, id: null, artists: [{ name, id: null }], images: [], release_date: null },
    artists: [{ name, id: null, uri: null }],
    disc_number: 0,
    duration_ms: 0,
    external_ids: {},
    external_urls: {},
    href: null,
    id,
    is_local: false,
    name,
    track_number: 0,
    type: 'track',
    uri: id === null ? null : `spotify:track:${id}`,
    episode: false,
    track: true,
  };
}

export function playlistRowJson(row: DemoRow, index: number, baseUrl: string): Json {
  return {
    added_at: index === 0 ? null : addedAt(index),
    added_by: { id: index === 0 ? '' : 'demo-listener', type: 'user' },
    is_local: row.kind === 'local',
    primary_color: null,
    item: rowJson(row, baseUrl),
    video_thumbnail: { url: null },
  };
}

/** `number` counts from the oldest song, so that the date of a song stays when others are added. */
export function likedRowJson(row: DemoRow, number: number, baseUrl: string): Json {
  return { added_at: addedAt(number), track: rowJson(row, baseUrl) };
}

function addedAt(number: number): string {
  return new Date(Date.UTC(2026, 1, 23, 13, 28, 26) + number * 60_000).toISOString().replace('.000', '');
}

/** A playlist without its rows. */
export function playlistJson(playlist: DemoPlaylist, baseUrl: string, withCount: boolean): Json {
  const href = `${baseUrl}/v1/playlists/${playlist.id}`;
  const total = playlist.rows.length;
  return {
    collaborative: playlist.collaborative,
    description: '',
    external_urls: { spotify: `https://open.spotify.com/playlist/${playlist.id}` },
    href,
    id: playlist.id,
    images: null,
    name: playlist.name,
    owner: { display_name: playlist.owner.name, id: playlist.owner.id, type: 'user' },
    primary_color: null,
    public: null,
    snapshot_id: playlist.snapshotId,
    type: 'playlist',
    uri: `spotify:playlist:${playlist.id}`,
    ...(withCount ? { items: { href: `${href}/items`, total } } : {}),
  };
}
