import type { Track } from '../tracks/track.ts';
import { decoyMakers, decoyNames, type DecoyName, type DecoyTraits } from './decoys.ts';
import { hashOf, makeVideoId, toneOf } from './video-ids.ts';

/** One video of the stand-in. Who listens to it hears `toneHz`, so a test knows which one was downloaded. */
export interface Video {
  readonly videoId: string;
  /** right = the recording; double = the same recording uploaded again (it sounds the same). */
  readonly role: 'right' | 'double' | DecoyName;
  readonly title: string;
  readonly channel: string;
  /** A verified channel has a badge in plain YouTube's results. */
  readonly verified: boolean;
  readonly artists: readonly string[];
  readonly album?: string;
  /** What YouTube says the length is. */
  readonly durationMs: number;
  /** What is really played: the same, but for videos of more than a quarter of an hour. */
  readonly audioMs: number;
  readonly kind: 'song' | 'official-video' | 'user-video';
  readonly explicit: boolean;
  readonly viewCount: number;
  readonly isrc?: string;
  readonly toneHz: number;
  /** opus = itag 251 in WebM, aac = itag 140 in M4A. */
  readonly codecs: readonly AudioCodec[];
}

export type AudioCodec = 'opus' | 'aac';

/** A track with the videos that its search finds, best first. `right` is absent where YouTube does not have it. */
export interface Shelf {
  readonly track: Track;
  readonly right?: Video;
  readonly results: readonly Video[];
}

/** A YouTube playlist: https://www.youtube.com/playlist?list=ID */
export interface VideoPlaylist {
  readonly playlistId: string;
  readonly title: string;
  readonly channel: string;
  readonly videos: readonly Video[];
}

export interface Catalogue {
  readonly shelves: readonly Shelf[];
  readonly playlists: readonly VideoPlaylist[];
  find(videoId: string): Video | undefined;
}

export interface CatalogueOptions {
  /** Place of the right recording among its results, from 0; or shuffled by `seed`. Default 0. */
  readonly place?: number | 'shuffled';
  readonly seed?: string;
  /** Default: all. `clean` is only made for explicit tracks. */
  readonly decoys?: readonly DecoyName[];
  /** The right recording is not on YouTube. */
  readonly missing?: (track: Track, index: number) => boolean;
  /** The right recording was uploaded twice. */
  readonly doubled?: (track: Track, index: number) => boolean;
  readonly codecs?: readonly AudioCodec[];
  /** For tracks that do not know their length. */
  readonly defaultDurationMs?: number;
}

/** The longest audio that is ever made; whoever downloads ten hours gets a modest file. */
const longestAudioMs = 900_000;
const modestAudioMs = 20_000;

/** YouTube for these tracks: every song once, among things that resemble it. Deterministic. */
export function makeCatalogue(tracks: readonly Track[], options: CatalogueOptions = {}): Catalogue {
  const songs = new Map(tracks.map((track) => [`${track.artist} ${track.track} ${track.explicit}`, track]));
  const shelves = [...songs.values()].map((track, index) => makeShelf(track, index, options));
  const videos = new Map(shelves.flatMap((shelf) => shelf.results.map((video) => [video.videoId, video])));
  const rights = shelves.flatMap((shelf) => shelf.right ?? []);
  return {
    shelves,
    playlists: [
      { playlistId: 'PLharmoniDemoPlaylist', title: 'Demo playlist', channel: 'HARMONI', videos: rights },
    ],
    find: (videoId) => videos.get(videoId),
  };
}

function makeShelf(track: Track, index: number, options: CatalogueOptions): Shelf {
  const { seed = '', decoys = decoyNames, defaultDurationMs = 12_000 } = options;
  const durationMs = track.durationMs ?? defaultDurationMs;
  const name = `${seed} ${index} ${track.artist} ${track.track}`;
  const video = (role: Video['role'], id: string, traits: DecoyTraits): Video => ({
    verified: false,
    explicit: track.explicit ?? false,
    ...traits,
    role,
    videoId: id,
    toneHz: toneOf(id),
    audioMs: traits.durationMs > longestAudioMs ? modestAudioMs : traits.durationMs,
    viewCount: 1_000 + (hashOf(id) % 50_000_000),
    codecs: options.codecs ?? ['opus', 'aac'],
  });

  const recording = { ...decoyMakers.clean(track, durationMs), explicit: track.explicit ?? false };
  const right: Video | undefined = options.missing?.(track, index)
    ? undefined
    : {
        ...video('right', makeVideoId(`right ${name}`, 'right', index), recording),
        ...(track.isrc === undefined ? {} : { isrc: track.isrc }),
      };
  const double =
    right && options.doubled?.(track, index)
      ? [video('double', makeVideoId(`double ${name}`, 'right', index), recording)]
      : [];
  const wrong = decoys
    .filter((decoy) => decoy !== 'clean' || track.explicit === true)
    .map((decoy) => {
      const id = makeVideoId(`${decoy} ${name}`, 'decoy', decoyNames.indexOf(decoy));
      return video(decoy, id, decoyMakers[decoy](track, durationMs));
    });

  const results = arrange(right ? [right, ...double] : [], wrong, options.place ?? 0, name);
  return { track, results, ...(right ? { right } : {}) };
}

function arrange(
  right: readonly Video[],
  wrong: readonly Video[],
  place: number | 'shuffled',
  name: string,
): Video[] {
  if (place !== 'shuffled') return [...wrong.slice(0, place), ...right, ...wrong.slice(place)];
  const rank = (video: Video): number => hashOf(`${name} ${video.videoId}`);
  return [...right, ...wrong].sort((a, b) => rank(a) - rank(b));
}
