import { localSong } from './demo-songs.ts';
import { createHash } from 'node:crypto';
import type { Track } from '../tracks/track.ts';

/** One row of a list, with all that Spotify puts there in place of a track. */
export type DemoRow =
  | { readonly kind: 'track'; readonly track: Track }
  /** A file of somebody's own disk. */
  | { readonly kind: 'local'; readonly artist: string; readonly album: string; readonly title: string }
  /** `trackShaped`: with album and artists, as some answers have it. */
  | { readonly kind: 'episode'; readonly show: string; readonly name: string; readonly trackShaped?: boolean }
  /** null in place of the track. */
  | { readonly kind: 'removed' }
  /** The shell of a track: empty names. */
  | { readonly kind: 'unavailable' }
  /** null names. */
  | { readonly kind: 'nameless' };

export interface DemoPlaylist {
  readonly id: string;
  name: string;
  readonly owner: { readonly id: string; readonly name: string | null };
  readonly collaborative: boolean;
  rows: DemoRow[];
  /** Changes with every edit. */
  snapshotId: string;
}

/** Rows by position, so that 100,000 of them need not exist at once. */
export interface DemoRows {
  readonly length: number;
  at(index: number): DemoRow | undefined;
}

export interface DemoCatalogue {
  readonly me: { readonly id: string; readonly name: string | null };
  playlists: DemoPlaylist[];
  liked: DemoRows;
}

/** A Spotify id (22 characters, base 62) that is always the same for the same text. */
export function spotifyId(text: string): string {
  const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const bytes = createHash('sha256').update(text).digest();
  return [...bytes.subarray(0, 22)].map((byte) => alphabet.charAt(byte % 62)).join('');
}

const demoUser = { id: 'demo-listener', name: 'Demo Listener' } as const;
const friend = { id: 'demo-friend', name: null };
const spotify = { id: 'spotify', name: 'Spotify' };

export function demoPlaylist(
  name: string,
  rows: readonly DemoRow[],
  options: { owner?: DemoPlaylist['owner']; collaborative?: boolean; id?: string } = {},
): DemoPlaylist {
  return {
    id: options.id ?? spotifyId(`playlist ${name}`),
    name,
    owner: options.owner ?? demoUser,
    collaborative: options.collaborative ?? false,
    rows: [...rows],
    snapshotId: snapshotOf(rows.length, name),
  };
}

/** Another one for every `before`: a name, or the snapshot before an edit. */
export function snapshotOf(length: number, before: string): string {
  return Buffer.from(`${length},${spotifyId(before)}`).toString('base64');
}

export function trackRows(tracks: readonly Track[]): DemoRow[] {
  return tracks.map((track) => ({ kind: 'track', track }));
}

/**
 * An account as real ones are: own playlists, one with everything that is no track in between and a song twice, a
 * collaborative one, a friend's that is followed (403 for new apps) and one of Spotify's own (404).
 */
export function createCatalogue(
  tracks: readonly Track[],
  liked: DemoRows = trackRows(tracks).toReversed(),
): DemoCatalogue {
  const rows = trackRows(tracks);
  const half = Math.ceil(rows.length / 2);
  const mixed: DemoRow[] = [
    ...rows.slice(0, 3),
    { kind: 'local', artist: localSong.artist, album: localSong.album, title: localSong.track },
    { kind: 'episode', show: 'Demo Podcast', name: 'How playlists are read' },
    { kind: 'removed' },
    ...rows.slice(0, 1),
    { kind: 'unavailable' },
    { kind: 'episode', show: 'Demo Podcast', name: 'The same, as a track', trackShaped: true },
    { kind: 'nameless' },
    ...rows.slice(3, 5),
  ];
  return {
    me: demoUser,
    playlists: [
      demoPlaylist('Road Trip', rows.slice(0, half)),
      demoPlaylist('Evenings', rows.slice(half)),
      demoPlaylist('Odds and Ends', mixed),
      demoPlaylist('Party Together', rows.slice(0, 4), { owner: friend, collaborative: true }),
      demoPlaylist("A Friend's Mix", rows.slice(2, 6), { owner: friend }),
      demoPlaylist('Discover Weekly', rows.slice(0, 5), { owner: spotify, id: '37i9dQZEVXcDemoDemoDem' }),
    ],
    liked,
  };
}
