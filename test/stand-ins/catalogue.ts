import {
  decoysOf,
  makeShelves,
  recordingOf,
  shuffle,
  songName,
  type Catalogue,
} from '../../src/demo/catalogue.ts';
import type { AudioCodec, DecoyName, Video } from '../../src/demo/video.ts';
import type { Track } from '../../src/tracks/track.ts';
import type { VideoPlaylist } from './innertube-playlist.ts';

export interface TestCatalogue extends Catalogue {
  readonly playlists: readonly VideoPlaylist[];
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
  /** Default: both. */
  readonly codecs?: readonly AudioCodec[];
}

/** The demo's YouTube with what a test wants to be otherwise, and a playlist of all right recordings. Deterministic. */
export function makeCatalogue(tracks: readonly Track[], options: CatalogueOptions = {}): TestCatalogue {
  const { seed = '', place = 0, codecs } = options;
  const encoded = (video: Video): Video => (codecs === undefined ? video : { ...video, codecs });
  const catalogue = makeShelves(tracks, (track, index) => {
    const name = songName(track, index, seed);
    const right = options.missing?.(track, index) === true ? [] : [recordingOf(track, index, name)];
    const isDoubled = right.length > 0 && options.doubled?.(track, index) === true;
    const uploads = [...right, ...(isDoubled ? [recordingOf(track, index, name, 'double')] : [])];
    const wrong = decoysOf(track, name).filter(
      ({ role }) => options.decoys?.some((one) => one === role) ?? true,
    );
    const results =
      place === 'shuffled'
        ? shuffle([...uploads, ...wrong], name)
        : [...wrong.slice(0, place), ...uploads, ...wrong.slice(place)];
    const shelf = { track, results: results.map(encoded) };
    const found = shelf.results.find(({ role }) => role === 'right');
    return found === undefined ? shelf : { ...shelf, right: found };
  });
  const videos = catalogue.shelves.flatMap((shelf) => shelf.right ?? []);
  return {
    ...catalogue,
    playlists: [{ playlistId: 'PLharmoniDemoPlaylist', title: 'Demo playlist', channel: 'HARMONI', videos }],
  };
}
