import { HarmoniError } from '../../errors.ts';
import type { Candidate } from '../../matching/candidate.ts';
import type { Http } from '../../system/http.ts';
import type { Provider } from '../provider.ts';
import { describeArgs, searchArgs } from '../ytdlp/arguments.ts';
import { readEntries, type Entry, type YtDlpDeps } from '../ytdlp/entries.ts';
import { parseYouTubeLink, youtubeIdOf, youtubePlaylistUrl, youtubeUrl } from './links.ts';
import { readMusicAlbum } from './music-album.ts';
import { searchMusic } from './music-search.ts';

export interface YouTubeDeps extends YtDlpDeps {
  readonly http: Http;
  readonly musicUrl: string;
}

const service = { title: 'YouTube', noun: 'video' };
const resultsPerSearch = 20;
/** Channels and playlists turn up among the hits too. */
const videoId = /^[\w-]{11}$/;

/** YouTube: YouTube Music's search for the exact kinds, yt-dlp's ytsearch for the plain one. */
export function createYouTube(deps: YouTubeDeps): Provider {
  const videosOf = async (args: Parameters<typeof readEntries>[2], signal: AbortSignal) =>
    (await readEntries(deps, service, args, signal)).filter(({ id }) => videoId.test(id));

  return {
    name: 'youtube',
    ...service,
    searches: ['isrc', 'songs', 'videos', 'plain'],
    isPaced: true,
    async search(kind, query, signal) {
      if (kind !== 'plain') {
        return (await searchMusic(deps.http, deps.musicUrl, kind, query, signal)).slice(0, resultsPerSearch);
      }
      const found = await videosOf(
        (settings) => searchArgs('ytsearch', query, resultsPerSearch, settings),
        signal,
      );
      return found
        .flatMap((entry) => (entry.title === undefined ? [] : [asCandidate(entry, entry.title)]))
        .slice(0, resultsPerSearch);
    },
    readAlbum: (albumId, signal) => readMusicAlbum(deps.http, deps.musicUrl, albumId, signal),
    url: youtubeUrl,
    idOf: youtubeIdOf,
    knows: (link) => parseYouTubeLink(link) !== undefined,
    async readList(text, signal) {
      const link = parseYouTubeLink(text);
      if (link === undefined || link.kind === 'unsupported') {
        throw new HarmoniError('source-not-understood', link?.reason ?? "That isn't a YouTube link.", {
          fix: 'Use a link to a video (watch?v=...) or a playlist (playlist?list=...).',
        });
      }
      const url = link.kind === 'video' ? youtubeUrl(link.videoId) : youtubePlaylistUrl(link.playlistId);
      const videos = await videosOf((settings) => describeArgs(url, settings, 'flat'), signal);
      return {
        name: videos[0]?.list ?? videos[0]?.title ?? '',
        ...(link.kind === 'video' ? {} : { origin: `youtube:playlist:${link.playlistId}` }),
        entries: videos.map(({ id, title = '', channel, durationMs, music }) => ({
          id,
          title,
          ...(channel === undefined ? {} : { channel }),
          ...(durationMs === undefined ? {} : { durationMs }),
          ...(music === undefined ? {} : { music }),
        })),
      };
    },
  };
}

function asCandidate(entry: Entry, title: string): Candidate {
  const { id, channel, channelVerified, durationMs, viewCount } = entry;
  return {
    media: { provider: 'youtube', id },
    url: youtubeUrl(id),
    title,
    kind: 'video',
    artists: [],
    ...(channel === undefined ? {} : { channel }),
    ...(channelVerified === undefined ? {} : { channelVerified }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(viewCount === undefined ? {} : { viewCount }),
  };
}
