import type { FoundVideos } from './catalogue-search.ts';
import { channelIdOf, clock } from './innertube-json.ts';
import { idText } from './video-ids.ts';
import type { Video } from './video.ts';

const videoTypes: Readonly<Record<Video['kind'], string>> = {
  song: 'MUSIC_VIDEO_TYPE_ATV',
  'official-video': 'MUSIC_VIDEO_TYPE_OMV',
  'user-video': 'MUSIC_VIDEO_TYPE_UGC',
};
const between: unknown = { text: ' • ' };

/** An album's page; the same name has the same. */
export const albumIdOf = (album: string): string => `MPREb_${idText(`album ${album}`, 11)}`;

/**
 * YouTube Music's answer to a search (POST /youtubei/v1/search, client WEB_REMIX).
 * @param params the filter as the web player sends it: songs, videos, or none. Without a filter the best hit
 *   stands alone in a card above the shelves, and each row begins with the word for its kind.
 */
export function musicAnswer(found: FoundVideos, params: string | undefined): unknown {
  const songs = found.videos.filter((video) => video.kind === 'song');
  const videos = found.videos.filter((video) => video.kind !== 'song');
  const [top, ...others] = found.videos;
  if (params?.startsWith('EgWKAQII')) return page([shelf('Songs', songs, false)]);
  if (params?.startsWith('EgWKAQIQ')) return page([shelf('Videos', videos, false)]);
  if (params !== undefined || !top) return page([]);
  return page([
    { musicCardShelfRenderer: card(top) },
    shelf('Songs', others.filter((video) => video.kind === 'song').slice(0, 4), true),
    shelf('Videos', others.filter((video) => video.kind !== 'song').slice(0, 4), true),
  ]);
}

function page(shelves: readonly (object | undefined)[]): unknown {
  const contents = shelves.filter((item) => item !== undefined);
  const nothing = {
    itemSectionRenderer: { contents: [{ messageRenderer: { text: { runs: [{ text: 'No results' }] } } }] },
  };
  const content = { sectionListRenderer: { contents: contents.length > 0 ? contents : [nothing] } };
  return {
    contents: {
      tabbedSearchResultsRenderer: {
        tabs: [{ tabRenderer: { title: 'YT Music', selected: true, content } }],
      },
    },
  };
}

function shelf(title: string, videos: readonly Video[], named: boolean): object | undefined {
  if (videos.length === 0) return undefined;
  const contents = videos.map((video) => ({ musicResponsiveListItemRenderer: row(video, named) }));
  return { musicShelfRenderer: { title: { runs: [{ text: title }] }, contents } };
}

function row(video: Video, named: boolean): unknown {
  const details = detailRuns(video);
  return {
    flexColumns: [
      column([{ text: video.title, navigationEndpoint: watchEndpoint(video) }]),
      column(named ? [{ text: kindWord(video) }, between, ...details] : details),
    ],
    ...(video.explicit ? { badges: [explicitBadge] } : {}),
    // Other programs read the video from the play button.
    overlay: {
      musicItemThumbnailOverlayRenderer: {
        content: { musicPlayButtonRenderer: { playNavigationEndpoint: watchEndpoint(video) } },
      },
    },
    playlistItemData: { videoId: video.videoId },
  };
}

function card(video: Video): unknown {
  return {
    header: { musicCardShelfHeaderBasicRenderer: { title: { runs: [{ text: 'Top result' }] } } },
    title: { runs: [{ text: video.title, navigationEndpoint: watchEndpoint(video) }] },
    subtitle: { runs: [{ text: kindWord(video) }, between, ...detailRuns(video)] },
    onTap: watchEndpoint(video),
    ...(video.explicit ? { subtitleBadges: [explicitBadge] } : {}),
    buttons: [{ buttonRenderer: { command: watchEndpoint(video) } }],
  };
}

const kindWord = (video: Video): string => (video.kind === 'song' ? 'Song' : 'Video');
const explicitBadge: unknown = { musicInlineBadgeRenderer: { icon: { iconType: 'MUSIC_EXPLICIT_BADGE' } } };
export const column = (runs: readonly unknown[]): unknown => ({
  musicResponsiveListItemFlexColumnRenderer: { text: { runs } },
});
export const watchEndpoint = ({ videoId, kind }: Video): unknown => ({
  watchEndpoint: {
    videoId,
    watchEndpointMusicSupportedConfigs: {
      watchEndpointMusicConfig: { musicVideoType: videoTypes[kind] },
    },
  },
});

/** Artists, then the album or the views, then the length: "A, B & C • Album • 3:30". */
function detailRuns(video: Video): unknown[] {
  const views = { text: `${Math.ceil(video.viewCount / 1000)}K views` };
  const middle =
    video.kind !== 'song'
      ? [between, views]
      : video.album === undefined
        ? []
        : [between, pageRun(video.album, albumIdOf(video.album), 'ALBUM')];
  return [...artistRuns(video), ...middle, between, { text: clock(video.durationMs) }];
}

function artistRuns(video: Video): unknown[] {
  const pageType = video.kind === 'user-video' ? 'USER_CHANNEL' : 'ARTIST';
  return video.artists.flatMap((name, index) => {
    const artist = pageRun(name, channelIdOf(name), pageType);
    if (index === 0) return [artist];
    return [{ text: index === video.artists.length - 1 ? ' & ' : ', ' }, artist];
  });
}

const pageRun = (text: string, browseId: string, type: 'ARTIST' | 'ALBUM' | 'USER_CHANNEL'): unknown => ({
  text,
  navigationEndpoint: {
    browseEndpoint: {
      browseId,
      browseEndpointContextSupportedConfigs: {
        browseEndpointContextMusicConfig: { pageType: `MUSIC_PAGE_TYPE_${type}` },
      },
    },
  },
});
