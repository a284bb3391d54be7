import { z } from 'zod';
import { safeUrl } from './rules.ts';

/** The settings of facts from MusicBrainz. */
export const musicBrainzSettings = {
  musicbrainz: z
    .boolean()
    .default(false)
    .describe(
      "After a download, look up its songs at MusicBrainz for what Spotify doesn't know: label, original date, composers, IDs. It takes about a second per album or single.",
    ),
  musicbrainz_url: safeUrl
    .default('https://musicbrainz.org/ws/2')
    .describe('Another MusicBrainz server, such as a mirror of your own.'),
  cover_art_archive_url: safeUrl
    .default('https://coverartarchive.org')
    .describe('For tests: a different Cover Art Archive.'),
};
