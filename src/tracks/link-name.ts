import type { Track } from './track.ts';

/**
 * Whether a track is known by nothing but a link to its video or upload: its title is then the address, and the upload
 * says the rest once it is here. Pure.
 */
export function isNamedByLink({
  artists,
  track,
  media,
}: Pick<Track, 'artists' | 'track' | 'media'>): boolean {
  return media !== undefined && artists.length === 0 && /^https?:\/\/\S+$/.test(track);
}
