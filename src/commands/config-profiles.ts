import { profileInUse } from '../config/own-profiles.ts';
import { profileNames, profiles } from '../config/profiles.ts';
import type { ConfigStore } from '../config/store.ts';
import { exitCodeOf, HarmoniError } from '../errors.ts';
import type { Output } from '../ui/output.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { profileText } from '../ui/settings-text.ts';

interface ProfileParts {
  readonly configStore: ConfigStore;
  readonly prompter: Pick<Prompter, 'confirm'>;
  readonly output: Output;
}

/** harmoni config profile [list | NAME | save NAME | delete NAME]. Returns the exit code. */
export async function runProfileCommand(
  parts: ProfileParts,
  first: string,
  second: string,
  yes: boolean,
): Promise<number> {
  if (['', 'list'].includes(first) && second === '') return listProfiles(parts);
  if (first === 'save' && second !== '') return saveProfile(parts, second, yes);
  if (first === 'delete' && second !== '') return deleteProfile(parts, second, yes);
  if (second !== '' || ['save', 'delete'].includes(first)) {
    throw new HarmoniError('usage', 'Usage: harmoni config profile [list | NAME | save NAME | delete NAME]', {
      fix: 'Put a name with spaces in quotes.',
    });
  }
  return switchProfile(parts, first);
}

function listProfiles({ configStore, output }: ProfileParts): number {
  const { config, profiles: own } = configStore.read();
  const active = profileInUse(config, own) ?? null;
  const builtIn = profileNames.filter((name) => !Object.hasOwn(own, name));
  const all = [
    ...Object.entries(own).map(([name, settings]) => ({
      name,
      own: true,
      settings,
      text: profileText(settings),
    })),
    ...builtIn.map((name) => ({ name, own: false, ...profiles[name] })),
  ];
  for (const { name, text } of all) output.say(`${name}${name === active ? ' (in use)' : ''}: ${text}`);
  if (Object.keys(own).length === 0) {
    output.lines([{ text: 'To save your own: harmoni config profile save NAME', tone: 'dim' }]);
  }
  output.document({ active, profiles: all.map(({ name, own, settings }) => ({ name, own, settings })) });
  return 0;
}

async function switchProfile({ configStore, output }: ProfileParts, name: string): Promise<number> {
  const settings = await configStore.profile(name);
  output.lines([{ text: `The profile is now ${name}: ${profileText(settings, name)}`, tone: 'ok' }]);
  output.document({ profile: name, settings });
  return 0;
}

async function saveProfile(parts: ProfileParts, typed: string, yes: boolean): Promise<number> {
  const { configStore, output, prompter } = parts;
  const isThere = Object.hasOwn(configStore.read().profiles, typed.trim());
  const message = `Replace the profile ${typed.trim()} with your current settings?`;
  const agreed = !isThere || yes || (await prompter.confirm({ message, default: false }));
  if (agreed === back || !agreed) return exitCodeOf('cancelled');
  const { name, settings } = await configStore.saveProfile(typed);
  const use = `To go back to these settings: harmoni config profile ${/\s/.test(name) ? `"${name}"` : name}`;
  output.lines([
    { text: `Saved ${Object.keys(settings).length} settings as the profile ${name}.`, tone: 'ok' },
    { text: use },
  ]);
  output.document({ profile: name, settings });
  return 0;
}

async function deleteProfile(parts: ProfileParts, name: string, yes: boolean): Promise<number> {
  const { configStore, output, prompter } = parts;
  const isThere = Object.hasOwn(configStore.read().profiles, name);
  const message = `Delete the profile ${name}? Your settings don't change.`;
  const agreed = !isThere || yes || (await prompter.confirm({ message, default: false }));
  if (agreed === back || !agreed) return exitCodeOf('cancelled');
  await configStore.deleteProfile(name);
  output.lines([{ text: `Deleted the profile ${name}.`, tone: 'ok' }]);
  output.document({ deleted: name });
  return 0;
}
