import { channelRun, clock, runs, simpleText } from '../../src/demo/innertube-json.ts';
import type { Video } from '../../src/demo/video.ts';

/** Plain YouTube's answer to a search (POST /youtubei/v1/search, client WEB), as `ytsearchN:` reads it. */
export function searchAnswer(videos: readonly Video[]): unknown {
  const rows = videos.map((video) => ({ videoRenderer: videoRenderer(video) }));
  return {
    estimatedResults: String(videos.length),
    contents: {
      twoColumnSearchResultsRenderer: {
        primaryContents: {
          sectionListRenderer: {
            contents: [{ itemSectionRenderer: { contents: rows } }],
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
