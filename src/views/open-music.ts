import { isInContainer } from '../auth/container.ts';
import { hasDesktop, openOnDesktop } from '../auth/open-browser.ts';
import type { Prompter } from '../ui/prompter.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether a file manager would open where the person sits: not in a container, and not over SSH, unless it brings a
 * display along. Pure.
 */
export function canOpenFolders(platform: NodeJS.Platform, env: Environment, inContainer: boolean): boolean {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  const isRemote = ['SSH_CONNECTION', 'SSH_TTY'].some(isSet);
  const hasDisplay = ['DISPLAY', 'WAYLAND_DISPLAY'].some(isSet);
  return !inContainer && hasDesktop(platform, env) && (!isRemote || hasDisplay);
}

/** The same for this machine. */
export const offersMusicFolder = (env: Environment): boolean =>
  canOpenFolders(process.platform, env, isInContainer());

/** Opens the library in the file manager. */
export async function openMusic({
  prompter,
  config,
}: {
  readonly prompter: Pick<Prompter, 'say'>;
  readonly config: { readonly output_dir: string };
}): Promise<void> {
  const { output_dir: folder } = config;
  if (await openOnDesktop(folder)) prompter.say(`Opened ${folder}`, 'ok');
  else prompter.say(`HARMONI can't open a file manager here. Your music is in ${folder}`, 'warn');
}

/** Opens the log in the program that the desktop has for it. */
export async function openLog({
  prompter,
  paths,
}: {
  readonly prompter: Pick<Prompter, 'say'>;
  readonly paths: { readonly log: string };
}): Promise<void> {
  if (await openOnDesktop(paths.log)) prompter.say(`Opened ${paths.log}`, 'ok');
  else prompter.say(`HARMONI can't open it here. The log is ${paths.log}`, 'warn');
}
