import { overriddenBy } from '../config/environment.ts';
import { configFields } from '../config/fields.ts';
import { parseTyped, requireConfigKey } from '../config/parse-value.ts';
import type { ConfigStore } from '../config/store.ts';
import { exitCodeOf, HarmoniError } from '../errors.ts';
import type { Output } from '../ui/output.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { settingsLines, validationLines, valueShown, valueText } from '../ui/settings-text.ts';
import { checkSettings, type CheckSettingsParts } from '../views/check-settings.ts';
import { unknownName } from '../views/read-settings.ts';
import { runProfileCommand } from './config-profiles.ts';
import type { ConfigVerb } from './config-verbs.ts';

export interface ConfigParts extends CheckSettingsParts {
  readonly configStore: ConfigStore;
  readonly prompter: Pick<Prompter, 'confirm'>;
  readonly output: Output;
  readonly clock: { now(): number };
  readonly env: NodeJS.ProcessEnv;
  /** The library is in config.json: asking for it fails where that cannot be read. */
  readonly paths: { readonly data: string; readonly log: string; readonly output: string };
}

/**
 * harmoni config VERB ARGS. Returns the exit code: 2 when validate finds something wrong.
 * @param yes agree beforehand to a reset, and to replacing or deleting a profile
 */
export async function runConfigCommand(
  parts: ConfigParts,
  verb: ConfigVerb,
  args: readonly string[],
  yes: boolean,
): Promise<number> {
  const [wanted, most, usage] = argumentsOf[verb];
  if (args.length < wanted || args.length > most) {
    throw new HarmoniError('usage', `Usage: harmoni config ${verb}${usage}`, {
      fix: 'Put values with spaces in quotes. Run harmoni config show to see all settings.',
    });
  }
  const [first = '', second = ''] = args;
  switch (verb) {
    case 'show':
      return show(parts);
    case 'get':
      return get(parts, first);
    case 'set':
      return set(parts, first, second);
    case 'validate':
      return validate(parts);
    case 'profile':
      return runProfileCommand(parts, first, second, yes);
    case 'reset':
      return reset(parts, yes);
    case 'path':
      return showPlaces(parts);
  }
}

/** How many arguments each verb takes, at least and at most, and how its usage goes on. */
const argumentsOf: Readonly<Record<ConfigVerb, readonly [number, number, string]>> = {
  show: [0, 0, ''],
  get: [1, 1, ' KEY'],
  set: [2, 2, ' KEY VALUE'],
  validate: [0, 0, ''],
  profile: [0, 2, ' [list | NAME | save NAME | delete NAME]'],
  reset: [0, 0, ''],
  path: [0, 0, ''],
};

function show({ configStore, output, env }: ConfigParts): number {
  const reading = configStore.read();
  output.lines(settingsLines(reading, overriddenBy(env), true));
  const shown = configFields().map((field): [string, unknown] => {
    const value = reading.config[field.key];
    return [field.key, valueShown(field, value)];
  });
  output.document({ config: Object.fromEntries(shown), unknownKeys: reading.unknownKeys });
  return 0;
}

/** Where this copy keeps things. A config.json that can't be read hides only where the library is. */
function showPlaces({ configStore, output, paths }: ConfigParts): number {
  const library = libraryOf(paths);
  const { data, log } = paths;
  const rows = { config: configStore.path, data, library: library ?? 'see config.json', log };
  for (const [name, path] of Object.entries(rows)) output.say(`${name.padEnd(8)} ${path}`);
  output.document({ path: configStore.path, data, library: library ?? null, log });
  return 0;
}

function libraryOf(paths: ConfigParts['paths']): string | undefined {
  try {
    return paths.output;
  } catch (error) {
    if (error instanceof HarmoniError) return undefined;
    throw error;
  }
}

function get({ configStore, output }: ConfigParts, name: string): number {
  const key = requireConfigKey(name);
  const value = configStore.read().config[key];
  // The one value that was asked for by name is given as it is, also a secret: it is the user's own file.
  output.say(typeof value === 'string' ? value : JSON.stringify(value));
  output.document({ key, value });
  return 0;
}

async function set({ configStore, output }: ConfigParts, name: string, text: string): Promise<number> {
  const fault = unknownName(name, readTyped(name, text));
  if (fault !== undefined) {
    throw new HarmoniError('config-invalid', fault, { fix: `Choose another value for ${name}.` });
  }
  const { key, value, before } = await configStore.set(name, text);
  const field = configFields().find((candidate) => candidate.key === key);
  const [now, was] = [value, before].map(
    (one) => (field === undefined ? '' : valueText(field, one)) || 'empty',
  );
  // "aac" of HARMONI's first version.
  const called = key === 'audio_format' && now !== text.toLowerCase() ? `, as ${text} is called here` : '';
  output.lines([{ text: `${key} is now ${now}${called}${now === was ? '' : ` (was ${was})`}.`, tone: 'ok' }]);
  output.document(field === undefined || field.secret ? { key } : { key, value: valueShown(field, value) });
  return 0;
}

function readTyped(name: string, text: string): unknown {
  const checked = parseTyped(requireConfigKey(name), text);
  return checked.ok ? checked.value : undefined;
}

async function validate(parts: ConfigParts): Promise<number> {
  const { configStore, output } = parts;
  const reading = await checkSettings(parts);
  const { problems, unknownKeys, notes } = reading;
  output.lines(validationLines(reading, configStore.path));
  output.document({ ok: problems.length === 0, problems, unknownKeys, notes });
  return problems.length === 0 ? 0 : exitCodeOf('config-invalid');
}

async function reset({ configStore, output, prompter, clock }: ConfigParts, yes: boolean): Promise<number> {
  const message = 'Reset all settings to their defaults? HARMONI keeps a copy of the file.';
  const agreed = yes || (await prompter.confirm({ message, default: false }));
  if (agreed === back || !agreed) return exitCodeOf('cancelled');
  const copy = (await configStore.reset(new Date(clock.now()))) ?? null;
  output.lines([
    copy === null
      ? { text: "There's no config.json, so you're already using the defaults." }
      : { text: `All settings are back to their defaults. Your old file: ${copy}`, tone: 'ok' },
  ]);
  output.document({ copy });
  return 0;
}
