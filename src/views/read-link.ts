import { HarmoniError } from '../errors.ts';
import type { TrackList } from '../tracks/track.ts';
import { readLists, type ReadListsParts } from './read-lists.ts';
import { ensureSignedIn, type SignInParts } from './sign-in.ts';

/**
 * Reads a link, and asks for a sign-in only where that would help: a podcast or one of Spotify's own playlists is refused
 * before. Undefined when somebody went back out of the sign-in.
 */
export async function readLink(
  parts: ReadListsParts & SignInParts,
  link: string,
): Promise<readonly TrackList[] | undefined> {
  try {
    return await readLists(parts, [link]);
  } catch (error) {
    const code = error instanceof HarmoniError ? error.code : undefined;
    if (code !== 'sign-in-needed' && code !== 'sign-in-expired') throw error;
  }
  return (await ensureSignedIn(parts)) ? readLists(parts, [link]) : undefined;
}
