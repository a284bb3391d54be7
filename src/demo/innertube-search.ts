import type { Video } from './catalogue.ts';
import { channelRun, clock, runs, simpleText } from './innertube-json.ts';

/** Plain YouTube's answer to a search (POST /youtubei/v1/search, client WEB), as `ytsearchN:` reads it. */
export function searchAnswer(videos: readonly Video[], partsMissing: boolean): unknown {
  const rows = videos.map((video) => ({ videoRenderer: videoRenderer(video) }));
  return {
    estimatedResults: String(videos.length),
    contents: {
      twoColumnSearchResultsRenderer: {
        primaryContents: {
          sectionListRenderer: {
            contents: [{ itemSectionRenderer: { contents: partsMissing ? [...brokenRows, ...rows] : rows } }],
          },
        },
      },
    },
  };
}

function videoRenderer(video: Video): unknown {
  return {
    videoId: video.videoId,
    title: runs(video.title),
    longBylineText: { runs: [channelRun(video.channel)] },
    ownerText: { runs: [channelRun(video.channel)] },
    shortBylineText: { runs: [channelRun(video.channel)] },
    lengthText: simpleText(clock(video.durationMs)),
    viewCountText: simpleText(`${video.viewCount.toLocaleString('en-US')} views`),
    ...(video.verified
      ? { ownerBadges: [{ metadataBadgeRenderer: { style: 'BADGE_STYLE_TYPE_VERIFIED_ARTIST' } }] }
      : {}),
  };
}

/** Rows of other kinds and rows without one part or another, as seen now and then. */
const brokenRows: readonly unknown[] = [
  { adSlotRenderer: {} },
  { videoRenderer: {} },
  { videoRenderer: { title: runs('No id') } },
  { videoRenderer: { videoId: 'AAAAAAAAAA0', title: runs('Neither length nor channel') } },
];
