import { foldName } from './fold.ts';
import { isNamedByLink } from './link-name.ts';
import type { Track } from './track.ts';
import { songOfUpload } from './upload-title.ts';

/** What a service knows of the song in an upload: of YouTube what the label delivered. */
export interface Music {
  readonly track: string;
  readonly artists: readonly string[];
  readonly album?: string;
  /** YYYY or YYYY-MM-DD. */
  readonly releaseDate?: string;
}

/** A video or upload as its service describes it. */
export interface Upload {
  readonly title: string;
  readonly channel?: string | undefined;
  readonly music?: Music | undefined;
}

type Names = Pick<Track, 'artists' | 'artist' | 'track' | 'album' | 'releaseDate' | 'extra'>;

/** The song of an upload: as its service names it, else as the uploader's title does. Pure. */
export function namesOfUpload(provider: string, { title, channel = '', music }: Upload): Names {
  const fromTitle = songOfUpload(title, channel);
  const artists = music === undefined || music.artists.length === 0 ? fromTitle.artists : music.artists;
  return {
    artists,
    artist: artists.join(', '),
    track: music?.track ?? fromTitle.track,
    ...(music?.album === undefined ? {} : { album: music.album }),
    ...(music?.releaseDate === undefined ? {} : { releaseDate: music.releaseDate }),
    extra: {
      [titleTag(provider)]: title,
      ...(channel === '' ? {} : { [`${provider.toUpperCase()}_CHANNEL`]: channel }),
    },
  };
}

/** Whether a track has its names from its upload or is still to have them, because a link was all there was. Pure. */
export function isNamedByUpload(track: Track): boolean {
  return isNamedByLink(track) || track.extra?.[titleTag(track.media?.provider ?? '')] !== undefined;
}

/** The album and date that a track lacks, where the upload is of its album. Pure. */
export function albumOfUpload(track: Track, music: Music | undefined): Pick<Track, 'album' | 'releaseDate'> {
  if (music?.album === undefined) return {};
  if (track.album !== undefined && foldName(track.album) !== foldName(music.album)) return {};
  const date = track.releaseDate ?? music.releaseDate;
  return { album: track.album ?? music.album, ...(date === undefined ? {} : { releaseDate: date }) };
}

const titleTag = (provider: string): string => `${provider.toUpperCase()}_TITLE`;
