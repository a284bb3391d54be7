import { HarmoniError } from '../errors.ts';
import { parseTyped } from './parse-value.ts';
import { configSchema, type Config, type ConfigKey } from './schema.ts';

/** The variables that stand above config.json and below the flags. Empty counts as not set. */
const variables: Readonly<Record<string, ConfigKey>> = {
  HARMONI_OUTPUT_DIR: 'output_dir',
  HARMONI_SYNC_SCHEDULE: 'sync_schedule',
  HARMONI_YTDLP: 'ytdlp_path',
  HARMONI_FFMPEG: 'ffmpeg_path',
  HARMONI_YOUTUBE_MUSIC_URL: 'youtube_music_url',
  HARMONI_SPOTIFY_ACCOUNTS_URL: 'spotify_accounts_url',
  HARMONI_SPOTIFY_API_URL: 'spotify_api_url',
  SPOTIFY_CLIENT_ID: 'spotify_client_id',
  SPOTIFY_CLIENT_SECRET: 'spotify_client_secret',
  SPOTIFY_REDIRECT_URI: 'spotify_redirect_uri',
};

/** The settings with what the environment says instead. @throws HarmoniError config-invalid that names the variable */
export function applyEnvironment(config: Config, env: Readonly<Record<string, string | undefined>>): Config {
  const changes: Record<string, unknown> = {};
  for (const [variable, key] of Object.entries(variables)) {
    const text = env[variable] ?? '';
    if (text === '') continue;
    const checked = parseTyped(key, text, variable);
    if (!checked.ok) {
      throw new HarmoniError('config-invalid', checked.message, { fix: `Fix or unset ${variable}.` });
    }
    changes[key] = checked.value;
  }
  return configSchema.parse({ ...config, ...changes });
}

/** The variables that are set and stand above these settings in config.json. */
export function overriddenBy(
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<ConfigKey, string> {
  const set = Object.entries(variables).filter(([variable]) => (env[variable] ?? '') !== '');
  return new Map(set.map(([variable, key]) => [key, variable]));
}
