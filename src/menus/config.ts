import { overriddenBy } from '../config/environment.ts';
import { advancedGroup, configFields, type ConfigField } from '../config/fields.ts';
import { parseTyped } from '../config/parse-value.ts';
import type { Config } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import { back, type Back, type Choice, type Prompter, type ToneLine } from '../ui/prompter.ts';
import { changedSettingsLines, settingsLines, validationLines, valueText } from '../ui/settings-text.ts';
import { checkSettings, type CheckSettingsParts } from '../views/check-settings.ts';
import { unknownName } from '../views/read-settings.ts';
import { openMenuLoop } from './menu.ts';
import { openProfilesMenu } from './profiles.ts';

/** It reads the file itself, so it also opens when a setting in it is wrong. */
export interface ConfigMenuParts extends CheckSettingsParts {
  readonly configStore: ConfigStore;
  readonly prompter: Prompter;
  readonly clock: { now(): number };
  readonly env: NodeJS.ProcessEnv;
}

/** Config: see, change and check the settings. */
export async function openConfigMenu(parts: ConfigMenuParts): Promise<void> {
  const { configStore, prompter, env } = parts;
  const say = (lines: readonly ToneLine[]) => lines.forEach(({ text, tone }) => prompter.say(text, tone));
  await openMenuLoop(prompter, 'Config', () => [
    {
      name: 'View settings',
      description: "All settings, and what you've changed.",
      run: async () => {
        const reading = configStore.read();
        say(settingsLines(reading, overriddenBy(env), false));
        say(changedSettingsLines(reading, overriddenBy(env)));
      },
    },
    {
      name: 'Change a setting',
      description: 'Formats, folders, limits, tools.',
      run: () => updateSettings(parts),
    },
    {
      name: 'Profiles',
      description: 'Change several settings at once, or save yours under a name.',
      opensMenu: true,
      run: () => openProfilesMenu(parts),
    },
    {
      name: 'Check settings',
      description: `Check ${configStore.path}, and the folders, files and programs in it.`,
      run: async () => say(validationLines(await checkSettings(parts), configStore.path)),
    },
    {
      name: 'Reset to defaults',
      description: 'HARMONI keeps a dated copy of config.json.',
      run: () => reset(parts),
    },
  ]);
}

const advancedItem = 'advanced';
type SettingChoice = Choice<ConfigField | typeof advancedItem>;

/** One setting after the other, until the user goes back. The advanced ones are a list of their own. */
async function updateSettings(parts: ConfigMenuParts, isAdvanced = false): Promise<void> {
  const { configStore, prompter } = parts;
  let last: SettingChoice['value'] | undefined;
  for (;;) {
    const { config } = configStore.read();
    const chosen: SettingChoice['value'] | Back = await prompter.select<SettingChoice['value']>({
      message: isAdvanced ? 'Which advanced setting?' : 'Which setting?',
      choices: settingChoices(config, isAdvanced),
      ...(last === undefined ? {} : { default: last }),
    });
    if (chosen === back) return;
    last = chosen;
    if (chosen === advancedItem) await updateSettings(parts, true);
    else await updateSetting(parts, chosen, config[chosen.key]);
  }
}

function settingChoices(config: Config, isAdvanced: boolean): readonly SettingChoice[] {
  const isShown = ({ group }: ConfigField): boolean => (group === advancedGroup) === isAdvanced;
  const shown = configFields()
    .filter(isShown)
    .map((value) => ({
      value,
      name: `${value.key}: ${valueText(value, config[value.key]) || '(empty)'}`,
      description: `${value.group}. ${value.text}`,
    }));
  const description = "For tests and rare cases. You probably won't need them.";
  return isAdvanced ? shown : [...shown, { value: advancedItem, name: 'Advanced settings', description }];
}

async function updateSetting(
  { configStore, prompter, env }: ConfigMenuParts,
  field: ConfigField,
  current: unknown,
): Promise<void> {
  const answer = await askValue(prompter, field, current);
  if (answer === back) return;
  const { value } = await configStore.set(field.key, answer);
  prompter.say(`Saved: ${field.key} is ${valueText(field, value) || 'empty'}.`, 'ok');
  const variable = overriddenBy(env).get(field.key);
  if (variable !== undefined) prompter.say(`${variable} is set and overrides it.`, 'warn');
}

/** Asks for a value in the way that fits its kind; a wrong one is not let through. */
async function askValue(prompter: Prompter, field: ConfigField, current: unknown): Promise<unknown> {
  if (field.kind === 'yes-no') {
    const choices = [
      { value: true, name: 'Yes' },
      { value: false, name: 'No' },
    ];
    return prompter.select({ message: `${field.key}:`, choices, default: current === true });
  }
  if (field.kind === 'choice') {
    const known = field.choices.map((name) => ({ value: name, name }));
    const other = field.open ? [{ value: undefined, name: 'Another value', description: field.allowed }] : [];
    const choices: { value: string | undefined; name: string }[] = [...known, ...other];
    const preset = field.choices.find((choice) => choice === current);
    const chosen = await prompter.select({ message: `${field.key}:`, choices, default: preset });
    if (chosen !== undefined) return chosen;
  }
  if (field.presets.length > 0) {
    const chosen = await askPreset(prompter, field, current);
    if (chosen !== undefined) return chosen;
  }
  const shown = valueText(field, current);
  const isHidden = shown !== (typeof current === 'string' ? current : JSON.stringify(current));
  const allowed = isHidden ? ' (Enter keeps it)' : field.allowed === 'text' ? '' : ` (${field.allowed})`;
  const answer = await prompter.input({
    message: `${field.key}${allowed}:`,
    ...(shown === '' || isHidden ? {} : { default: shown }),
    validate: (text) => validate(field, text),
  });
  return isHidden && answer === '' ? back : answer;
}

/** Providers and ways to sign in know their names, not the schema. */
function validate(field: ConfigField, text: string): true | string {
  const checked = parseTyped(field.key, text);
  if (!checked.ok) return checked.message;
  return unknownName(field.key, checked.value) ?? true;
}

/** One of the values that have names, or undefined for one of the user's own. */
function askPreset(
  prompter: Prompter,
  field: ConfigField,
  current: unknown,
): Promise<string | Back | undefined> {
  const known = field.presets.map(({ title, template, text }) => ({
    value: template,
    name: title,
    description: `${template}: ${text}`,
  }));
  const own = { value: undefined, name: 'Your own template', description: field.text };
  const preset = field.presets.find(({ template }) => template === current)?.template;
  return prompter.select<string | undefined>({
    message: `${field.key}:`,
    choices: [...known, own],
    default: preset,
    help: 'This affects new songs only. To move the ones you have, use Management > Organize files.',
  });
}

async function reset({ configStore, prompter, clock }: ConfigMenuParts): Promise<void> {
  const message = 'Reset all settings to their defaults?';
  const help = "This empties config.json and keeps a dated copy next to it. Your music isn't affected.";
  if ((await prompter.confirm({ message, default: false, help })) !== true) return;
  const copy = await configStore.reset(new Date(clock.now()));
  prompter.say('All settings are back to their defaults.', 'ok');
  if (copy !== undefined) prompter.say(`Your old settings: ${copy}`);
}
