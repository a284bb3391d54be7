import { nameKey } from './identity.ts';
import { isSameMedia, mediaText, parseMedia, type Media } from './media.ts';
import type { Track } from './track.ts';

/**
 * What HARMONI_ID says in a file: which song it was downloaded for, where no other tag says so in a way that outlasts
 * another title and artist. The Spotify URI and the ISRC have tags of their own, and so does the upload that it came from.
 * "name:ARTIST|TITLE" is the main artist and the title as the list had them, "PROVIDER:ID" the upload that the list named
 * where another one was taken. Pure.
 * @param media what the sound came from
 */
export function ownIdOf(track: Track, media: Media | undefined): string | undefined {
  if ((track.spotifyUri ?? track.isrc ?? '') !== '' || isSameMedia(track.media, media)) return undefined;
  if (track.media !== undefined) return mediaText(track.media);
  if (track.track === '') return undefined;
  return `name:${(track.artists[0] ?? '').replaceAll('|', ' ')}|${track.track}`;
}

/** The key of the song that HARMONI_ID names, or undefined for anything else. Pure. */
export function keyOfOwnId(text: string): string | undefined {
  const [, artist, title] = /^name:([^|]*)\|(.+)$/s.exec(text) ?? [];
  if (artist !== undefined && title !== undefined) return nameKey(artist, title);
  const media = parseMedia(text);
  return media === undefined || media.provider === 'name' ? undefined : mediaText(media);
}
