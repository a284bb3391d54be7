import { configFields } from '../config/fields.ts';
import { profileInUse, requireProfileName, settingsOf } from '../config/own-profiles.ts';
import { profileNames } from '../config/profiles.ts';
import type { ConfigStore } from '../config/store.ts';
import { HarmoniError } from '../errors.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { profileText, valueText } from '../ui/settings-text.ts';
import { openMenuLoop, type MenuItem } from './menu.ts';

interface ProfilesMenuParts {
  readonly configStore: ConfigStore;
  readonly prompter: Prompter;
}

/** Config → Profiles: every profile is a line. */
export async function openProfilesMenu(parts: ProfilesMenuParts): Promise<void> {
  await openMenuLoop(parts.prompter, 'Profiles', () => {
    const { config, profiles: own } = parts.configStore.read();
    const active = profileInUse(config, own);
    const switches = [...Object.keys(own), ...profileNames.filter((name) => !Object.hasOwn(own, name))].map(
      (name): MenuItem => ({
        name: name === active ? `${name} (in use)` : name,
        description: profileText(settingsOf(name, own) ?? {}, name),
        run: () => switchTo(parts, name),
      }),
    );
    const remove = {
      name: 'Delete a profile',
      description: 'Only one that you saved. Your settings stay as they are.',
      run: () => deleteOne(parts),
    };
    return [
      ...switches,
      {
        name: 'Save your settings as a profile',
        description: 'All but Spotify, network, yt-dlp and ffmpeg, and secrets.',
        run: () => save(parts),
      },
      ...(Object.keys(own).length === 0 ? [] : [remove]),
    ];
  });
}

async function switchTo({ configStore, prompter }: ProfilesMenuParts, name: string): Promise<void> {
  const { config, profiles: own } = configStore.read();
  const wanted = new Map<string, unknown>(Object.entries(settingsOf(name, own) ?? {}));
  const changes = configFields().filter(
    ({ key }) => wanted.has(key) && JSON.stringify(config[key]) !== JSON.stringify(wanted.get(key)),
  );
  if (changes.length === 0) {
    prompter.say(`You're already using ${name}.`);
    return;
  }
  for (const field of changes) {
    const [before, after] = [config[field.key], wanted.get(field.key)].map(
      (value) => valueText(field, value) || '(empty)',
    );
    prompter.say(`  ${field.key}: ${before} → ${after}`);
  }
  if ((await prompter.confirm({ message: 'Save these settings?', default: true })) !== true) return;
  await configStore.profile(name);
  prompter.say(`The profile is now ${name}.`, 'ok');
}

async function save({ configStore, prompter }: ProfilesMenuParts): Promise<void> {
  const typed = await prompter.input({ message: 'What should it be called?', validate: nameFault });
  if (typed === back) return;
  if (Object.hasOwn(configStore.read().profiles, typed.trim())) {
    const message = `Replace ${typed.trim()} with your current settings?`;
    if ((await prompter.confirm({ message, default: false })) !== true) return;
  }
  const { name, settings } = await configStore.saveProfile(typed);
  prompter.say(`Saved ${Object.keys(settings).length} settings as ${name}.`, 'ok');
}

function nameFault(text: string): true | string {
  try {
    requireProfileName(text);
    return true;
  } catch (error) {
    if (error instanceof HarmoniError) return error.message;
    throw error;
  }
}

async function deleteOne({ configStore, prompter }: ProfilesMenuParts): Promise<void> {
  const { profiles: own } = configStore.read();
  const choices = Object.entries(own).map(([name, settings]) => ({
    value: name,
    name,
    description: profileText(settings),
  }));
  const name: string | typeof back = await prompter.select<string>({
    message: 'Delete which profile?',
    choices,
  });
  if (name === back) return;
  if ((await prompter.confirm({ message: `Delete ${name}?`, default: false })) !== true) return;
  await configStore.deleteProfile(name);
  prompter.say(`Deleted ${name}.`, 'ok');
}
