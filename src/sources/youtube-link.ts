import { HarmoniError } from '../errors.ts';
import type { SkippedRow, Track, TrackList } from '../tracks/track.ts';
import { parseYouTubeLink, youtubePlaylistUrl, youtubeUrl } from '../providers/youtube/links.ts';
import { cleanText } from './clean-text.ts';
import { emptyList } from './empty-list.ts';
import type { Source } from './source.ts';
import { songOfUpload } from './upload-title.ts';

interface Video {
  readonly id: string;
  readonly title: string;
  readonly channel?: string;
  readonly durationMs?: number;
}

export interface YouTubeLinkDeps {
  /** The title of a video or a playlist, and the video or the videos; see `listVideos` in providers/youtube/. */
  readonly listVideos: (
    url: string,
    signal: AbortSignal,
  ) => Promise<{ readonly title: string; readonly videos: readonly Video[] }>;
}

/** A link to a YouTube video or playlist: its videos are what is downloaded, without any search. */
export function createYouTubeLinkSource({ listVideos }: YouTubeLinkDeps): Source {
  return {
    kind: 'a YouTube link',
    accepts: (input) => parseYouTubeLink(input) !== undefined,
    async read(input, { signal }) {
      const link = parseYouTubeLink(input);
      if (link === undefined || link.kind === 'unsupported') {
        throw new HarmoniError('source-not-understood', link?.reason ?? 'This is no YouTube link.', {
          fix: 'Give the link of a video (watch?v=...) or of a playlist (playlist?list=...).',
        });
      }
      const single = link.kind === 'video';
      const url = single ? youtubeUrl(link.videoId) : youtubePlaylistUrl(link.playlistId);
      const { title, videos } = await listVideos(url, signal);
      const list = {
        ...asList(cleanText(title), videos, single ? 'library' : 'own'),
        ...(single ? {} : { origin: `youtube:playlist:${link.playlistId}` }),
      };
      if (list.tracks.length === 0) throw emptyList(list.name, list.skipped);
      return [list];
    },
  };
}

const gone = /^\[?(private|deleted|unavailable) video\]?$/i;

function asList(name: string, videos: readonly Video[], folder: TrackList['folder']): TrackList {
  const tracks: Track[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, video] of videos.entries()) {
    const title = cleanText(video.title);
    const [, state] = gone.exec(title) ?? [];
    if (title !== '' && state === undefined) tracks.push(asTrack(video, title));
    else {
      const reason =
        state === undefined
          ? 'a video without a title: probably private or deleted'
          : `a ${state.toLowerCase()} video`;
      skipped.push({ row: index + 1, reason, text: youtubeUrl(video.id) });
    }
  }
  return { name: name === '' ? 'YouTube' : name, tracks, skipped, folder };
}

function asTrack(video: Video, title: string): Track {
  const channel = cleanText(video.channel ?? '');
  const { artists, track } = songOfUpload(title, channel);
  return {
    artists,
    artist: artists.join(', '),
    track,
    ...(video.durationMs === undefined ? {} : { durationMs: video.durationMs }),
    youtubeId: video.id,
    extra: { YOUTUBE_TITLE: title, ...(channel === '' ? {} : { YOUTUBE_CHANNEL: channel }) },
  };
}
