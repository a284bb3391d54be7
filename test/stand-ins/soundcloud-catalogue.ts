import { hashOf } from '../../src/demo/video-ids.ts';
import type { Track } from '../../src/tracks/track.ts';

/**
 * What SoundCloud lets a visitor have of a track: all · 30 s · nothing in this country · only encrypted streams
 * (most of what labels upload, since April 2026) · it was made private or removed.
 */
export type TrackState = 'whole' | 'preview' | 'blocked' | 'drm' | 'gone';

/** The encodings of a stream that is not encrypted. */
export type StreamFormat = 'aac-hls' | 'mp3-hls' | 'mp3-progressive' | 'opus-hls';

export interface SoundCloudUser {
  readonly id: number;
  readonly username: string;
  readonly permalink: string;
  readonly verified: boolean;
}

/** One upload. Who listens to it hears `toneHz`, so a test knows which one was downloaded. */
export interface SoundCloudTrack {
  readonly id: number;
  /** right = the recording; the others resemble it. */
  readonly role: 'right' | LookalikeName;
  readonly title: string;
  readonly permalink: string;
  readonly user: SoundCloudUser;
  readonly durationMs: number;
  /** 410 to 1670, between the pitches of the YouTube stand-in. */
  readonly toneHz: number;
  /** What a label or distributor entered; a fan's upload has none of it. */
  readonly publisher?: { readonly artist: string; readonly album?: string; readonly isrc?: string };
  readonly genre: string;
  readonly playbackCount: number;
  readonly formats: readonly StreamFormat[];
}

/** https://soundcloud.com/USER/sets/PERMALINK */
export interface SoundCloudSet {
  readonly id: number;
  readonly title: string;
  readonly permalink: string;
  readonly user: SoundCloudUser;
  readonly isAlbum: boolean;
  readonly tracks: readonly SoundCloudTrack[];
}

/** A song with the uploads that its search finds, best first. `right` is absent where SoundCloud does not have it. */
export interface SoundCloudShelf {
  readonly track: Track;
  readonly right?: SoundCloudTrack;
  readonly results: readonly SoundCloudTrack[];
}

export interface SoundCloudCatalogue {
  readonly shelves: readonly SoundCloudShelf[];
  readonly sets: readonly SoundCloudSet[];
}

export interface SoundCloudCatalogueOptions {
  /** The song is not on SoundCloud. */
  readonly missing?: (track: Track, index: number) => boolean;
  /** artist = the artist's verified account, with ISRC and album; fan = "Artist - Title" and nothing else. Default artist. */
  readonly uploader?: (track: Track, index: number) => 'artist' | 'fan';
  /** Default: all. */
  readonly lookalikes?: readonly LookalikeName[];
  /** Default: all, as for a track of 2025; later uploads lack opus. */
  readonly formats?: readonly StreamFormat[];
  /** For tracks that do not know their length. */
  readonly defaultDurationMs?: number;
}

interface LookalikeTraits {
  readonly title: string;
  readonly username: string;
  readonly durationMs: number;
}

/** The usernames are descriptions, not people. */
const lookalikeMakers = {
  remix: (track: Track, durationMs: number): LookalikeTraits => ({
    title: `${track.artist} - ${track.track} (Bedroom Remix) [FREE DL]`,
    username: 'bedroom remixer',
    durationMs: durationMs + 41_000,
  }),
  'sped-up': (track: Track, durationMs: number): LookalikeTraits => ({
    title: `${track.track} (sped up)`,
    username: 'sped up songs',
    durationMs: Math.round(durationMs * 0.8),
  }),
  cover: (track: Track, durationMs: number): LookalikeTraits => ({
    title: `${track.track} (${track.artist} cover)`,
    username: 'somebody with a guitar',
    durationMs: durationMs + 9_000,
  }),
} as const;
export type LookalikeName = keyof typeof lookalikeMakers;
export const lookalikeNames = ['remix', 'sped-up', 'cover'] as const satisfies readonly LookalikeName[];

const allFormats: readonly StreamFormat[] = ['aac-hls', 'mp3-hls', 'mp3-progressive', 'opus-hls'];

/** Tones 0 to 47 are for right recordings, 48 to 63 for lookalikes: none of these ever sounds like a right one. */
const rightTones = 48;
const allTones = 64;

/** SoundCloud for these songs: every song once, among uploads that resemble it, and a set and an album of all of them. Deterministic. */
export function makeSoundCloudCatalogue(
  tracks: readonly Track[],
  options: SoundCloudCatalogueOptions = {},
): SoundCloudCatalogue {
  const shelves = tracks.map((track, index) => makeShelf(track, index, options));
  const rights = shelves.flatMap(({ right }) => right ?? []);
  const curator = makeUser('HARMONI', false);
  const set = (title: string, isAlbum: boolean): SoundCloudSet => ({
    id: numberOf(`set ${title}`),
    title,
    permalink: slugOf(title),
    user: curator,
    isAlbum,
    tracks: rights,
  });
  return { shelves, sets: [set('Test set', false), set('Test album', true)] };
}

function makeShelf(track: Track, index: number, options: SoundCloudCatalogueOptions): SoundCloudShelf {
  const { lookalikes = lookalikeNames, formats = allFormats, defaultDurationMs = 12_000 } = options;
  const durationMs = track.durationMs ?? defaultDurationMs;
  const upload = (
    role: SoundCloudTrack['role'],
    tone: number,
    user: SoundCloudUser,
    title: string,
    lengthMs: number,
  ): SoundCloudTrack => {
    const id = makeTrackId(`${role} ${index} ${track.artist} ${track.track}`, tone);
    return {
      id,
      role,
      title,
      permalink: [slugOf(title), index + 1].filter((part) => part !== '').join('-'),
      user,
      durationMs: lengthMs,
      toneHz: toneOfTrack(id),
      genre: track.genres?.[0] ?? 'Pop',
      playbackCount: 100 + (id % 5_000_000),
      formats,
    };
  };
  const right = options.missing?.(track, index)
    ? undefined
    : makeRight(track, options.uploader?.(track, index) ?? 'artist', (user, title) =>
        upload('right', index % rightTones, user, title, durationMs),
      );
  const others = lookalikes.map((name) => {
    const { title, username, durationMs: lengthMs } = lookalikeMakers[name](track, durationMs);
    const tone = rightTones + lookalikeNames.indexOf(name);
    return upload(name, tone, makeUser(username, false), title, lengthMs);
  });
  return { track, results: right ? [right, ...others] : others, ...(right ? { right } : {}) };
}

function makeRight(
  track: Track,
  uploader: 'artist' | 'fan',
  upload: (user: SoundCloudUser, title: string) => SoundCloudTrack,
): SoundCloudTrack {
  if (uploader === 'fan')
    return upload(makeUser('somebody with taste', false), `${track.artist} - ${track.track}`);
  const publisher = {
    artist: track.artist,
    ...(track.album === undefined ? {} : { album: track.album }),
    ...(track.isrc === undefined ? {} : { isrc: track.isrc }),
  };
  return { ...upload(makeUser(track.artists[0] ?? track.artist, true), track.track), publisher };
}

function makeUser(username: string, verified: boolean): SoundCloudUser {
  const id = numberOf(`user ${username}`);
  return { id, username, permalink: slugOf(username) || `user-${id}`, verified };
}

/** A number of ten digits, as SoundCloud's ids are, whose remainder by 64 names the tone. */
function makeTrackId(seed: string, tone: number): number {
  return Math.floor(numberOf(seed) / allTones) * allTones + tone;
}

/** The pitch in Hz that the stand-in plays for a track. */
function toneOfTrack(id: number): number {
  return 410 + 20 * (id % allTones);
}

/** From 1,000,000,000 to 1,999,999,999. */
function numberOf(seed: string): number {
  return 1_000_000_000 + (hashOf(seed) % 1_000_000_000);
}

function slugOf(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
}
