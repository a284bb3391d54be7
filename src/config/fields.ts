import { z } from 'zod';
import { layoutPresets, type LayoutPreset } from './layouts.ts';
import { configSchema, type ConfigKey } from './schema.ts';

/** The part of JSON Schema that zod makes of our settings. */
const shapeSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  format: z.string().optional(),
  default: z.unknown().optional(),
  description: z.string().default(''),
  get anyOf() {
    return z.array(shapeSchema).optional();
  },
});
type Shape = z.output<typeof shapeSchema>;

/** One setting as menus, help and error messages need it. */
export interface ConfigField {
  readonly key: ConfigKey;
  readonly group: string;
  /** What it is for. */
  readonly text: string;
  readonly default: unknown;
  /** What is allowed, to be put after "must be". */
  readonly allowed: string;
  readonly kind: 'yes-no' | 'choice' | 'number' | 'text';
  /** The values to choose from; with `open` others are allowed beside them. */
  readonly choices: readonly string[];
  readonly open: boolean;
  /** Values that have a name, offered before one of the user's own. */
  readonly presets: readonly LayoutPreset[];
  /** Never shown. */
  readonly secret: boolean;
}

/** For tests, and what hardly anybody needs to change: the menu shows them behind one item. */
const advanced: ReadonlySet<string> = new Set([
  'spotify_fallback_client_id',
  'spotify_scopes',
  'spotify_callback_host',
  'spotify_max_retries',
  'spotify_backoff_base',
  'spotify_retry_jitter',
  'spotify_accounts_url',
  'spotify_api_url',
  'youtube_music_url',
  'lyrics_url',
  'sponsorblock_url',
  'musicbrainz_url',
  'cover_art_archive_url',
  'deezer_url',
  'acoustid_url',
] satisfies ConfigKey[]);
export const advancedGroup = 'Advanced';

/** Keys that begin so belong together, but for the advanced ones. */
export const configGroups: readonly (readonly [title: string, prefixes: readonly string[]])[] = [
  ['Music', ['output_', 'audio_', 'file_name_', 'same_track_', 'trash_']],
  ['Downloads', ['max_concurrent_', 'download', 'providers', 'retry_', 'sleep_', 'verify_', 'acoustid_']],
  ['Automation', ['sync_', 'notify']],
  ['Network', ['cookies_', 'proxy']],
  ['Sources', ['exportify_', 'tracks_', 'playlists_', 'pending_']],
  ['Backups', ['auto_backup', 'max_backups']],
  [
    'Tags',
    ['enable_metadata_', 'metadata_', 'loudness', 'lyrics', 'sponsorblock', 'cover_file', 'musicbrainz'],
  ],
  ['Tools', ['ytdlp_', 'ffmpeg_']],
  ['Spotify', ['spotify_']],
];

let known: readonly ConfigField[] | undefined;

/** All settings, group by group, read off the schema: nothing about them is written down twice. */
export function configFields(): readonly ConfigField[] {
  if (known !== undefined) return known;
  const { properties } = z
    .object({ properties: z.record(z.string(), shapeSchema) })
    .parse(z.toJSONSchema(configSchema, { io: 'output' }));
  const titles = [...configGroups.map(([title]) => title), advancedGroup];
  const fields = configKeys.map((key) => asField(key, properties[key] ?? { default: '', description: '' }));
  return (known = fields.sort((a, b) => titles.indexOf(a.group) - titles.indexOf(b.group)));
}

/** The schema's own keys, in its order. */
export const configKeys: readonly ConfigKey[] = configSchema.keyof().options;

export function isConfigKey(key: string): key is ConfigKey {
  return Object.hasOwn(configSchema.shape, key);
}

function asField(key: ConfigKey, shape: Shape): ConfigField {
  const parts = shape.anyOf ?? [shape];
  const choices = parts.flatMap((part) => part.enum ?? part.const ?? []);
  const isNumber = shape.type === 'number' || shape.type === 'integer';
  return {
    key,
    group: groupOf(key),
    text: shape.description,
    default: shape.default,
    allowed: parts.map(describe).join(', or '),
    kind: shape.type === 'boolean' ? 'yes-no' : choices.length > 0 ? 'choice' : isNumber ? 'number' : 'text',
    choices,
    open: parts.some((part) => part.enum === undefined && part.const === undefined),
    presets: key === 'file_name_template' ? layoutPresets : [],
    // The address of a webhook is all that it takes to write there.
    secret: /_(?:secret|client_key)$/.test(key) || key === 'notify_webhook',
  };
}

function groupOf(key: ConfigKey): string {
  const known = configGroups.find(([, prefixes]) => prefixes.some((prefix) => key.startsWith(prefix)))?.[0];
  return advanced.has(key) || known === undefined ? advancedGroup : known;
}

function describe(shape: Shape): string {
  const { minimum: least, maximum: most } = shape;
  const range = least === undefined || most === undefined ? '' : ` from ${least} to ${most}`;
  if (shape.enum !== undefined) return listed(shape.enum);
  if (shape.const !== undefined) return shape.const;
  switch (shape.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${range}`;
    case 'number':
      return `a number${range}`;
    case 'array':
      return 'a list';
    default:
      return textKinds[shape.format ?? ''] ?? (shape.minLength ? "text that isn't empty" : 'text');
  }
}

const textKinds: Readonly<Record<string, string>> = {
  uri: 'a web address',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
};

/** "a, b or c" */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
