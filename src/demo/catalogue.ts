import type { Track } from '../tracks/track.ts';
import { decoyMakers, type DecoyTraits } from './decoys.ts';
import { decoyNames, type Video } from './video.ts';
import { hashOf, makeVideoId, toneOf } from './video-ids.ts';

/** A track with the videos that its search finds, best first. `right` is absent where YouTube does not have it. */
export interface Shelf {
  readonly track: Track;
  readonly right?: Video;
  readonly results: readonly Video[];
}

export interface Catalogue {
  readonly shelves: readonly Shelf[];
  find(videoId: string): Video | undefined;
}

/** The longest audio that is ever made; whoever downloads ten hours gets a modest file. */
const longestAudioMs = 900_000;
const modestAudioMs = 20_000;
/** Of a track that does not know its length. */
const usualDurationMs = 12_000;

/** YouTube for these tracks: every recording once, shuffled among what resembles it. The same tracks give the same. */
export function makeDemoCatalogue(tracks: readonly Track[]): Catalogue {
  return makeShelves(tracks, (track, index) => {
    const name = songName(track, index, 'demo');
    const right = recordingOf(track, index, name);
    return { track, right, results: shuffle([right, ...decoysOf(track, name)], name) };
  });
}

/** A shelf for every song; what a list has twice stands there once. */
export function makeShelves(
  tracks: readonly Track[],
  makeShelf: (track: Track, index: number) => Shelf,
): Catalogue {
  const songs = new Map(tracks.map((track) => [`${track.artist} ${track.track} ${track.explicit}`, track]));
  const shelves = [...songs.values()].map(makeShelf);
  const videos = new Map(shelves.flatMap((shelf) => shelf.results.map((video) => [video.videoId, video])));
  return { shelves, find: (videoId) => videos.get(videoId) };
}

/** What the ids of a song's videos, and their order, are made from. */
export function songName(track: Track, index: number, seed: string): string {
  return `${seed} ${index} ${track.artist} ${track.track}`;
}

/** The right recording, or with another role and `name` an upload that sounds the same. */
export function recordingOf(
  track: Track,
  index: number,
  name: string,
  role: 'right' | 'double' = 'right',
): Video {
  const traits = decoyMakers.clean(track, track.durationMs ?? usualDurationMs);
  return {
    ...makeVideo(track, role, makeVideoId(`${role} ${name}`, 'right', index), {
      ...traits,
      explicit: track.explicit ?? false,
    }),
    ...(track.isrc === undefined ? {} : { isrc: track.isrc }),
    ...(track.releaseDate === undefined ? {} : { releaseDate: track.releaseDate }),
  };
}

/** What resembles the recording, in the order of the names. Only an explicit track has a clean cut. */
export function decoysOf(track: Track, name: string): Video[] {
  return decoyNames
    .filter((decoy) => decoy !== 'clean' || track.explicit === true)
    .map((decoy) =>
      makeVideo(
        track,
        decoy,
        makeVideoId(`${decoy} ${name}`, 'decoy', decoyNames.indexOf(decoy)),
        decoyMakers[decoy](track, track.durationMs ?? usualDurationMs),
      ),
    );
}

function makeVideo(track: Track, role: Video['role'], videoId: string, traits: DecoyTraits): Video {
  return {
    verified: false,
    explicit: track.explicit ?? false,
    ...traits,
    role,
    videoId,
    toneHz: toneOf(videoId),
    audioMs: traits.durationMs > longestAudioMs ? modestAudioMs : traits.durationMs,
    viewCount: 1_000 + (hashOf(videoId) % 50_000_000),
    codecs: ['opus', 'aac'],
  };
}

/** The same order each time for the same name. */
export function shuffle(videos: readonly Video[], name: string): Video[] {
  const rank = (video: Video): number => hashOf(`${name} ${video.videoId}`);
  return videos.toSorted((a, b) => rank(a) - rank(b));
}
