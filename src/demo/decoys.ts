import type { Track } from '../tracks/track.ts';
import type { DecoyName, Video } from './video.ts';

/** What tells a decoy from the right recording; the rest of the video comes from the track. */
export type DecoyTraits = Pick<Video, 'title' | 'kind' | 'channel' | 'artists' | 'durationMs'> &
  Partial<Pick<Video, 'album' | 'explicit' | 'verified'>>;

type DecoyMaker = (track: Track, durationMs: number) => DecoyTraits;

const tenHoursMs = 36_000_000;

const mainArtist = (track: Track): string => track.artists[0] ?? track.artist;
/** Another version of the song by the artist, as YouTube Music lists it. */
const version =
  (suffix: string, lengthen: (durationMs: number) => number, album?: string): DecoyMaker =>
  (track, durationMs) => ({
    title: `${track.track} (${suffix})`,
    kind: 'song',
    channel: `${mainArtist(track)} - Topic`,
    artists: track.artists,
    durationMs: lengthen(durationMs),
    album: album ?? `${track.track} (${suffix})`,
    verified: false,
  });
/** Somebody else's upload. The channels are descriptions, not people. */
const upload =
  (channel: string, title: (track: Track) => string, length: (durationMs: number) => number): DecoyMaker =>
  (track, durationMs) => ({
    title: title(track),
    kind: 'user-video',
    channel,
    artists: [channel],
    durationMs: length(durationMs),
    explicit: false,
  });

/** How each decoy is made. Lengths in ms grow and shrink as those of the real things do. */
export const decoyMakers: Readonly<Record<DecoyName, DecoyMaker>> = {
  'music-video': (track, durationMs) => ({
    title: `${track.artist} - ${track.track} (Official Video)`,
    kind: 'official-video',
    channel: mainArtist(track),
    artists: track.artists,
    durationMs: durationMs + 23_000,
    verified: true,
  }),
  live: version('Live', (durationMs) => Math.round(durationMs * 1.12) + 4_000, 'Live in Concert'),
  'album-mate': (track, durationMs) => ({
    title: track.track === 'Interlude' ? 'Prelude' : 'Interlude',
    kind: 'song',
    channel: `${mainArtist(track)} - Topic`,
    artists: track.artists,
    durationMs,
    ...(track.album === undefined ? {} : { album: track.album }),
  }),
  cover: upload(
    'Living Room Covers',
    (track) => `${track.track} - ${track.artist} (cover)`,
    (durationMs) => durationMs + 1_000,
  ),
  karaoke: upload(
    'Sing Along Karaoke',
    (track) => `${track.track} (Karaoke Version) - ${track.artist}`,
    (durationMs) => durationMs + 2_000,
  ),
  'sped-up': upload(
    'Nightcore Corner',
    (track) => `${track.artist} - ${track.track} (sped up / nightcore)`,
    (durationMs) => Math.round(durationMs * 0.8),
  ),
  remix: version('Club Remix', (durationMs) => Math.round(durationMs * 1.4)),
  acoustic: version('Acoustic', (durationMs) => durationMs + 6_000),
  instrumental: version('Instrumental', (durationMs) => durationMs),
  'ten-hours': upload(
    'Endless Loops',
    (track) => `${track.artist} - ${track.track} [10 hours]`,
    () => tenHoursMs,
  ),
  clean: (track, durationMs) => ({
    title: track.track,
    kind: 'song',
    channel: `${mainArtist(track)} - Topic`,
    artists: track.artists,
    durationMs,
    ...(track.album === undefined ? {} : { album: track.album }),
    explicit: false,
  }),
};
