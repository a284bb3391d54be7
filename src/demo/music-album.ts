import type { Catalogue } from './catalogue.ts';
import { clock, runs } from './innertube-json.ts';
import { albumIdOf, column, watchEndpoint } from './music-search.ts';

/**
 * YouTube Music's page of an album (POST /youtubei/v1/browse, client WEB_REMIX): the songs whose track number is known, and
 * below them what else there is, which has no numbers. Undefined for another page.
 */
export function albumAnswer({ shelves }: Catalogue, albumId: string | undefined): unknown {
  const songs = shelves.flatMap(({ track, right }) =>
    right?.album !== undefined && albumIdOf(right.album) === albumId ? [{ track, video: right }] : [],
  );
  if (songs.length === 0) return undefined;
  const rows = songs
    .filter(({ track }) => track.trackNumber !== undefined)
    .toSorted((a, b) => (a.track.trackNumber ?? 0) - (b.track.trackNumber ?? 0))
    .map(({ track, video }) => ({
      musicResponsiveListItemRenderer: {
        index: runs(String(track.trackNumber)),
        flexColumns: [column([{ text: video.title, navigationEndpoint: watchEndpoint(video) }])],
        fixedColumns: [
          { musicResponsiveListItemFixedColumnRenderer: { text: runs(clock(video.durationMs)) } },
        ],
        playlistItemData: { videoId: video.videoId },
      },
    }));
  const more = { musicCarouselShelfRenderer: { contents: [{ musicTwoRowItemRenderer: {} }] } };
  const contents = [{ musicShelfRenderer: { contents: rows } }, more];
  return {
    contents: {
      twoColumnBrowseResultsRenderer: { secondaryContents: { sectionListRenderer: { contents } } },
    },
  };
}
