import { isConfigKey } from './fields.ts';

type Stored = Readonly<Record<string, unknown>>;

/** Settings of ours that are a secret, or lead to cookies. */
const alwaysSecret: ReadonlySet<string> = new Set([
  'spotify_client_secret',
  'acoustid_client_key',
  'cookies_file',
  'cookies_from_browser',
]);
/** Of settings that this version doesn't know. */
const secretName = /secret|passw|token|cookie|api_?key|credential/i;
/** A name and password in an address, cookies, headers and YouTube's tokens among the arguments of yt-dlp. */
const secretValue = /\/\/[^\s/"']*@|--cookies|--add-header|po_token|visitor_data|authorization/i;

/** Whether a setting may hold a secret. Pure. */
export function maySecret(key: string, value: unknown): boolean {
  if (value === '' || value === null) return false;
  if (alwaysSecret.has(key) || (!isConfigKey(key) && secretName.test(key))) return true;
  return secretValue.test(JSON.stringify(value));
}

/** The settings of a config.json without those that may hold a secret, and the names of these. Pure. */
export function withoutSecrets(stored: Stored): {
  readonly settings: Stored;
  readonly leftOut: readonly string[];
} {
  const entries = Object.entries(stored);
  return {
    settings: Object.fromEntries(entries.filter(([key, value]) => !maySecret(key, value))),
    leftOut: entries.filter(([key, value]) => maySecret(key, value)).map(([key]) => key),
  };
}

/** Settings that come back, with the secrets of those that are there: they may be nowhere else. Pure. */
export function withSecretsOf(current: Stored, restored: Stored): Stored {
  const secrets = Object.entries(current).filter(([key, value]) => maySecret(key, value));
  return { ...restored, ...Object.fromEntries(secrets) };
}
