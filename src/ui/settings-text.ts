import { configFields, type ConfigField } from '../config/fields.ts';
import { profileInUse, type SettingsOfProfile } from '../config/own-profiles.ts';
import { isProfileName, profiles } from '../config/profiles.ts';
import { withLine, type ConfigNote, type ConfigReading } from '../config/read-config.ts';
import type { ConfigKey } from '../config/schema.ts';
import type { ToneLine } from './prompter.ts';

/** A value as it is shown and typed: a text as it is, everything else as JSON. Secrets are never shown. */
export function valueText(field: ConfigField, value: unknown): string {
  if (field.secret) return value === '' ? '' : '(set)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return withoutCredentials(text);
}

/** The same for a JSON document. */
export function valueShown(field: ConfigField, value: unknown): unknown {
  const isText = field.secret || typeof value === 'string';
  if (isText) return valueText(field, value);
  return Array.isArray(value)
    ? value.map((each: unknown) => (typeof each === 'string' ? withoutCredentials(each) : each))
    : value;
}

/** "http://name:password@host", in the setting proxy and in options for yt-dlp. */
const withoutCredentials = (text: string): string => text.replaceAll(/(\w:\/\/)[^/\s"']*@/g, '$1***@');

/** Every setting, group by group; what differs from the default stands out. `texts` adds what each is for. */
export function settingsLines(
  { config }: ConfigReading,
  overridden: ReadonlyMap<ConfigKey, string>,
  texts: boolean,
): readonly ToneLine[] {
  return [...Map.groupBy(configFields(), (field) => field.group)].flatMap(([group, fields]) => [
    { text: group, tone: 'accent' as const },
    ...fields.flatMap((field): ToneLine[] => [
      settingLine(field, config, overridden),
      ...(texts ? [{ text: `      ${field.text}`, tone: 'dim' as const }] : []),
    ]),
  ]);
}

/** What differs from the defaults: of the whole list a small screen shows only the end. */
export function changedSettingsLines(
  { config }: ConfigReading,
  overridden: ReadonlyMap<ConfigKey, string>,
): readonly ToneLine[] {
  const changed = configFields().filter(
    (field) =>
      overridden.has(field.key) || valueText(field, config[field.key]) !== valueText(field, field.default),
  );
  if (changed.length === 0) return [{ text: "You haven't changed any settings." }];
  return [
    { text: "What you've changed", tone: 'accent' },
    ...changed.map((field) => settingLine(field, config, overridden)),
  ];
}

const keyWidth = Math.max(...configFields().map((field) => field.key.length));

function settingLine(
  field: ConfigField,
  config: ConfigReading['config'],
  overridden: ReadonlyMap<ConfigKey, string>,
): ToneLine {
  const value = valueText(field, config[field.key]);
  const normal = valueText(field, field.default);
  const note = value === normal ? '' : `  (default: ${normal || 'empty'})`;
  const variable = overridden.get(field.key);
  const above = variable === undefined ? '' : `  (overridden by ${variable})`;
  const text = `  ${field.key.padEnd(keyWidth)}  ${value || '(empty)'}${note}${above}`;
  return value === normal ? { text } : { text, tone: 'ok' };
}

/** What validate says: every problem, then what stops nothing. */
export function validationLines(
  { config, problems, unknownKeys, notes, profiles }: ConfigReading,
  path: string,
): readonly ToneLine[] {
  const profile = profileInUse(config, profiles);
  const used = profile === undefined ? '' : ` (profile ${profile})`;
  return [
    ...problems.map((problem): ToneLine => ({ text: withLine(problem), tone: 'fail' })),
    ...[...unknownKeys.map(unknownNote), ...notes].map((note): ToneLine => ({
      text: withLine(note),
      tone: 'warn',
    })),
    problems.length === 0
      ? { text: `All settings in ${path} are valid${used}.`, tone: 'ok' }
      : { text: `Fix ${path}, or run harmoni config set KEY VALUE. You can't download anything until then.` },
  ];
}

/** A key that nobody reads, with what was meant. */
export function unknownNote({ key, meant, instead, line }: ConfigReading['unknownKeys'][number]): ConfigNote {
  const hint = instead ?? (meant === undefined ? undefined : `Did you mean ${meant}?`);
  const at = line === undefined ? '' : ` (line ${line})`;
  const message = `${JSON.stringify(key)}${at} isn't a setting, so it's ignored.${hint === undefined ? '' : ` ${hint}`}`;
  return { message };
}

const mostTold = 4;

/** What a profile sets, in a line: all of a few settings, of many what differs from the defaults. */
export function profileText(settings: SettingsOfProfile, name?: string): string {
  if (name !== undefined && isProfileName(name) && settings === profiles[name].settings) {
    return profiles[name].text;
  }
  const now = new Map<string, unknown>(Object.entries(settings));
  const told = configFields()
    .filter(({ key }) => now.has(key))
    .map((field) => ({ field, text: valueText(field, now.get(field.key)) }))
    .filter(({ field, text }) => now.size <= mostTold || text !== valueText(field, field.default))
    .map(({ field, text }) => `${field.key} ${text || 'empty'}`);
  if (told.length === 0) return 'The defaults.';
  const more = told.length > mostTold ? `, and ${told.length - mostTold} more` : '';
  return `${told.slice(0, mostTold).join(', ')}${more}.`;
}
