/** Rows and cards in the form of YouTube Music's search answers. */

export interface RowParts {
  readonly videoId?: string;
  readonly title?: string;
  readonly type?: string;
  /** Text, and the page type it links to. */
  readonly details?: readonly (readonly [string, string?])[];
  readonly explicit?: boolean;
  readonly cover?: string;
}

const run = ([text, pageType]: readonly [string, string?]): unknown =>
  pageType === undefined
    ? { text }
    : {
        text,
        navigationEndpoint: {
          browseEndpoint: {
            browseEndpointContextSupportedConfigs: {
              browseEndpointContextMusicConfig: { pageType: `MUSIC_PAGE_TYPE_${pageType}` },
            },
          },
        },
      };

const watch = ({ videoId, type }: RowParts): unknown => ({
  watchEndpoint: {
    videoId,
    watchEndpointMusicSupportedConfigs: {
      watchEndpointMusicConfig: { musicVideoType: `MUSIC_VIDEO_TYPE_${type ?? 'ATV'}` },
    },
  },
});

const column = (runs: unknown[]): unknown => ({
  musicResponsiveListItemFlexColumnRenderer: { text: { runs } },
});

const badges = (explicit: boolean | undefined): unknown[] =>
  explicit === true ? [{ musicInlineBadgeRenderer: { icon: { iconType: 'MUSIC_EXPLICIT_BADGE' } } }] : [];

export function row(parts: RowParts): unknown {
  return {
    musicResponsiveListItemRenderer: {
      flexColumns: [
        column([{ text: parts.title ?? 'Title', navigationEndpoint: watch(parts) }]),
        column((parts.details ?? []).map(run)),
      ],
      badges: badges(parts.explicit),
      thumbnail: {
        musicThumbnailRenderer: {
          thumbnail: { thumbnails: [{ url: parts.cover ?? 'https://x/y=w60-h60-l90-rj' }] },
        },
      },
    },
  };
}

export function card(parts: RowParts, contents: readonly unknown[] = []): unknown {
  return {
    musicCardShelfRenderer: {
      title: { runs: [{ text: parts.title ?? 'Title', navigationEndpoint: watch(parts) }] },
      subtitle: { runs: (parts.details ?? []).map(run) },
      subtitleBadges: badges(parts.explicit),
      contents,
    },
  };
}

export function page(...sections: readonly unknown[]): unknown {
  return {
    contents: {
      tabbedSearchResultsRenderer: {
        tabs: [{ tabRenderer: { content: { sectionListRenderer: { contents: sections } } } }],
      },
    },
  };
}

export const shelf = (...rows: readonly unknown[]): unknown => ({ musicShelfRenderer: { contents: rows } });
