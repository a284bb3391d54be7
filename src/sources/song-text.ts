import { HarmoniError } from '../errors.ts';
import type { Track } from '../tracks/track.ts';
import { splitArtists } from './artists.ts';
import { cleanText } from './clean-text.ts';
import type { Source } from './source.ts';

/**
 * "artist - title", divided at the first hyphen or dash with spaces around it, as most names with one inside are
 * titles ("Queen - Bohemian Rhapsody - Remastered 2011"); without one, a title whose artist the search finds.
 * ";" stands between two artists. Pure. Undefined when there is no title.
 */
export function parseSong(text: string): Track | undefined {
  const song = cleanText(text);
  const separator = /\s[-–—]\s/.exec(song);
  const title = separator === null ? song : song.slice(separator.index + separator[0].length).trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(title)) return undefined;
  const artists = separator === null ? [] : splitArtists(song.slice(0, separator.index), 'semicolon');
  return { artists, artist: artists.join(', '), track: title };
}

/** One song by its name: what nothing else accepts, so it stands last in the list. */
export const songText: Source = {
  kind: 'a song, as "artist - title" or its title',
  accepts: () => true,
  async read(input) {
    const track = parseSong(input);
    if (track === undefined) {
      throw new HarmoniError(
        'source-not-understood',
        `"${cleanText(input)}" doesn't include a title to search for.`,
        {
          fix: 'Enter a song as "artist - title".',
        },
      );
    }
    return [{ name: cleanText(input), tracks: [track], skipped: [], folder: 'library' }];
  },
};
