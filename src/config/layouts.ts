import { fieldNames } from '../tracks/template.ts';

/** A way to file songs that can be chosen by name. */
export interface LayoutPreset {
  /** As `harmoni config set file_name_template` takes it. */
  readonly name: string;
  readonly title: string;
  /** The `file_name_template` that it stands for. */
  readonly template: string;
  readonly text: string;
}

/** The first is the default. Any other template is one of the user's own. */
export const layoutPresets = [
  {
    name: 'folder-per-playlist',
    title: 'A folder per playlist',
    template: '{list}/{artist} - {track}',
    text: 'Each with its songs and an m3u8. A song in two playlists is in both folders.',
  },
  {
    name: 'artist-album',
    title: 'Artist / Album',
    template: '{albumArtist}/{album}/{number} - {track}',
    text: 'Each song once, and playlists as m3u8 files in "Playlists".',
  },
  {
    name: 'one-folder',
    title: 'Everything in one folder',
    template: '{artist} - {track}',
    text: 'All songs side by side, and playlists as m3u8 files in "Playlists".',
  },
  {
    name: 'jellyfin',
    title: 'For Jellyfin, Plex, Navidrome',
    template: "{albumArtist}/{album|'Singles'}/[{discOfSeveral}-]{number} {title}",
    text: 'A folder per album, with the disc in front of the number, and "Singles" for songs without an album.',
  },
] as const satisfies readonly LayoutPreset[];

/** The template that this is the name of, in upper or lower case. Pure. */
export function templateNamed(name: string): string | undefined {
  return layoutPresets.find((preset) => preset.name === name.trim().toLowerCase())?.template;
}

/** Whether a template files songs by their list. Pure. */
export function namesList(template: string): boolean {
  return fieldNames(template).includes('list');
}

/**
 * What a template of HARMONI 2.0 is today: there each playlist had a folder, unless the template named it. Pure.
 */
export function templateOfBefore(template: string): string {
  return namesList(template) ? template : `{list}/${template}`;
}

/** The fields that `file_name_template` knows. */
export const placeholders = [
  'artist',
  'mainArtist',
  'track',
  'title',
  'version',
  'album',
  'albumArtist',
  'year',
  'number',
  'disc',
  'discOfSeveral',
  'genre',
  'label',
  'format',
  'list',
] as const;

/** Whether the file names of different songs differ. Pure. */
export function namesSongs(template: string): boolean {
  return fieldNames(template).some((name) => ['track', 'title', 'number'].includes(name));
}
