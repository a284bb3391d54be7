import { z } from 'zod';
import { safeUrl } from './rules.ts';

/** Where lyrics go; `off` asks nobody for any. */
const lyricsPlaces = ['off', 'both', 'sidecar', 'embedded'] as const;
export type LyricsPlaces = (typeof lyricsPlaces)[number];

/** The settings of what other services add to songs. */
export const enrichSettings = {
  lyrics: z
    .preprocess((value) => (value === true ? 'both' : value === false ? 'off' : value), z.enum(lyricsPlaces))
    .default('off')
    .describe(
      'Get lyrics from LRCLIB: off, sidecar (an .lrc file with the time of each line, next to the song), embedded (as text in its tags), or both.',
    ),
  sponsorblock: z
    .boolean()
    .default(false)
    .describe(
      'Cut parts without music, such as talk before the song, out of music videos and user uploads, as the viewers of SponsorBlock marked them.',
    ),
  cover_file: z
    .boolean()
    .default(true)
    .describe(
      'Save the cover as cover.jpg in the folder of each album, for media servers. Only if file_name_template has a folder for each album, and metadata_template is comprehensive.',
    ),
  lyrics_url: safeUrl
    .default('https://lrclib.net/api')
    .describe('A different server with the API of LRCLIB, such as your own.'),
  sponsorblock_url: safeUrl
    .default('https://sponsor.ajay.app/api')
    .describe('A different server with the API of SponsorBlock.'),
};
