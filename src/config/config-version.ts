import { namesList, templateNamed, templateOfBefore } from './layouts.ts';
import { configSchema } from './schema.ts';
import { versionKey } from './version-key.ts';

/** 2: `file_name_template` alone decides where songs lie. A file without a version is of HARMONI 2.0. */
export const configVersion = 2;

type Stored = Readonly<Record<string, unknown>>;

/** Whether these settings are of HARMONI 2.0 and mean something else today. What is not valid is left to be told. Pure. */
export function isOfBefore(stored: Stored): boolean {
  const template = stored['file_name_template'];
  const isValid = configSchema.shape.file_name_template.safeParse(template).success;
  if (typeof stored[versionKey] === 'number' || typeof template !== 'string') return false;
  // Names of templates are of today.
  return isValid && templateNamed(template) === undefined;
}

/** The settings of a config.json of any version as this version means them. Pure. */
export function asOfToday(stored: Stored): Stored {
  const settings = withPendingLists(stored);
  const template = settings['file_name_template'];
  if (!isOfBefore(stored) || typeof template !== 'string') return settings;
  return { ...settings, file_name_template: templateOfBefore(template) };
}

/** What `pending_lists` says today, two settings said before. */
function withPendingLists(stored: Stored): Stored {
  const { primary_input_source: source, primary_csv_file: csv, ...settings } = stored;
  const input = source === 'json' ? (settings['tracks_file'] ?? 'data/tracks.json') : csv;
  const isToBeKept = typeof input === 'string' && input !== '' && settings['pending_lists'] === undefined;
  return isToBeKept ? { ...settings, pending_lists: [input] } : settings;
}

/** The same with the version, to be saved. Pure. */
export function withVersion(stored: Stored): Stored {
  const { [versionKey]: known, ...settings } = asOfToday(stored);
  return { [versionKey]: typeof known === 'number' ? known : configVersion, ...settings };
}

/** What a person is told when a file of before is saved as one of today. Pure. */
export function renewalText(path: string, stored: Stored): string {
  const was = String(stored['file_name_template']);
  if (namesList(was)) {
    return `file_name_template in ${path} is still ${was}. New playlist files go next to the playlist's songs, or into "Playlists" if these have no folder of their own. Existing files aren't moved. A song in two playlists is linked into both.`;
  }
  return `file_name_template in ${path} was ${was} and is now ${templateOfBefore(was)}. It still means a folder per playlist.`;
}
