import { z } from 'zod';
import { hasKnownPlaceholders, layoutPresets, namesSongs, placeholders, templateNamed } from './layouts.ts';

/** A template of file names, or the name of one: both are the template from here on. */
export const fileNameTemplate = z
  .preprocess(
    (value) => (typeof value === 'string' ? (templateNamed(value) ?? value) : value),
    z
      .string()
      .min(1)
      .refine(hasKnownPlaceholders, `can contain only ${placeholders.map((name) => `{${name}}`).join(' ')}`)
      // Else all songs would have one name, and numbers after it.
      .refine(namesSongs, 'must contain {track} or {number}'),
  )
  .default(layoutPresets[0].template)
  .describe(
    'Where songs go: a template, or one of the names folder-per-playlist, artist-album and one-folder. A template can contain {artist} {mainArtist} {track} {album} {albumArtist} {year} {number} {disc} {list}, and / for folders. With {list}, each playlist is a folder. Without it, each is an m3u8 file in Playlists/.',
  );
