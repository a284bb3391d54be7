import { soundCloudIdOf, soundCloudUrl } from '../providers/soundcloud/links.ts';
import { parseYouTubeLink, youtubeIdOf, youtubeUrl } from '../providers/youtube/links.ts';
import type { Media } from '../tracks/media.ts';

/** The video or upload that a link in a file leads to; undefined for playlists, and for every other text. Pure. */
export function mediaOfLink(text: string): Media | undefined {
  const link = parseYouTubeLink(text);
  if (link?.kind === 'video') return { provider: 'youtube', id: link.videoId };
  const upload = soundCloudIdOf(text);
  return upload === undefined ? undefined : { provider: 'soundcloud', id: upload };
}

/** The video of a cell that holds a video's link or its bare id. Pure. */
export function videoOfCell(text: string): Media | undefined {
  const id = youtubeIdOf(text);
  return id === undefined ? undefined : { provider: 'youtube', id };
}

/** The page of a video or upload: the title of a track of which nothing else is known (tracks/link-name.ts). Pure. */
export function linkOfMedia({ provider, id }: Media): string {
  return provider === 'youtube' ? youtubeUrl(id) : soundCloudUrl(id);
}
