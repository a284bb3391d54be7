import { channelRun, clock, runs, simpleText } from '../../src/demo/innertube-json.ts';
import type { Video } from '../../src/demo/video.ts';

/** A YouTube playlist: https://www.youtube.com/playlist?list=ID */
export interface VideoPlaylist {
  readonly playlistId: string;
  readonly title: string;
  readonly channel: string;
  readonly videos: readonly Video[];
}

/** yt-dlp first asks where a page's address leads (POST /youtubei/v1/navigation/resolve_url). */
export function resolveAnswer(address: string): unknown {
  const playlistId = URL.canParse(address) ? new URL(address).searchParams.get('list') : null;
  const endpoint = playlistId === null ? { urlEndpoint: { url: address } } : browse(`VL${playlistId}`);
  return { endpoint };
}

const browse = (browseId: string): unknown => ({ browseEndpoint: { browseId } });

/** The answer to POST /youtubei/v1/browse for a playlist, all rows on one page. */
export function playlistAnswer(playlist: VideoPlaylist | undefined): unknown {
  if (!playlist) return noPlaylistAnswer;
  const rows = playlist.videos.map((video, index) => ({
    playlistVideoRenderer: {
      videoId: video.videoId,
      title: runs(video.title),
      index: simpleText(String(index + 1)),
      shortBylineText: { runs: [channelRun(video.channel)] },
      lengthText: simpleText(clock(video.durationMs)),
      lengthSeconds: String(Math.round(video.durationMs / 1000)),
      isPlayable: true,
    },
  }));
  const list = { playlistVideoListRenderer: { contents: rows, playlistId: playlist.playlistId } };
  const content = {
    sectionListRenderer: { contents: [{ itemSectionRenderer: { contents: [list] } }] },
  };
  return {
    contents: { twoColumnBrowseResultsRenderer: { tabs: [{ tabRenderer: { selected: true, content } }] } },
    metadata: { playlistMetadataRenderer: { title: playlist.title } },
    header: {
      playlistHeaderRenderer: {
        playlistId: playlist.playlistId,
        title: simpleText(playlist.title),
        numVideosText: runs(`${playlist.videos.length} videos`),
        ownerText: { runs: [channelRun(playlist.channel)] },
        privacy: 'PUBLIC',
      },
    },
  };
}

const noPlaylistAnswer: unknown = {
  alerts: [{ alertRenderer: { type: 'ERROR', text: runs('The playlist does not exist.') } }],
};
