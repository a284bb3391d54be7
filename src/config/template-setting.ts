import { z } from 'zod';
import { templateFault } from '../tracks/template.ts';
import { layoutPresets, namesSongs, placeholders, templateNamed } from './layouts.ts';

/** A template of file names, or the name of one: both are the template from here on. */
export const fileNameTemplate = z
  .preprocess(
    (value) => (typeof value === 'string' ? (templateNamed(value) ?? value) : value),
    z
      .string()
      .min(1)
      .superRefine((template, context) => {
        // Without a name of their own all songs would have one, and numbers after it.
        const fault =
          templateFault(template, placeholders) ??
          (namesSongs(template) ? undefined : 'must contain {track} or {number}');
        if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
      }),
  )
  .default(layoutPresets[0].template)
  .describe(
    `Where songs go: a template, or one of the names ${named()}. A template can contain ${fields()}, and / for folders. With {list}, each playlist is a folder. Without it, each is an m3u8 file in Playlists/. Templates also know fallbacks, widths, functions and optional parts: see harmoni library organise --help.`,
  );

function named(): string {
  const names: readonly string[] = layoutPresets.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function fields(): string {
  return placeholders.map((name) => `{${name}}`).join(' ');
}
