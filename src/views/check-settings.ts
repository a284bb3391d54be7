import { accessSync, constants, statSync } from 'node:fs';
import { splitArguments } from '../config/extra-args.ts';
import type { ConfigReading } from '../config/read-config.ts';
import type { Config, ConfigKey } from '../config/schema.ts';
import type { ConfigStore } from '../config/store.ts';
import { folderCheck } from '../doctor/machine-checks.ts';
import { locateFfmpeg, locateYtDlp, type ToolPlaces } from '../doctor/tools.ts';
import { HarmoniError } from '../errors.ts';
import { findProgram } from '../system/find-program.ts';
import { readSettings } from './read-settings.ts';

export interface CheckSettingsParts {
  readonly configStore: Pick<ConfigStore, 'read'>;
  /** With the environment; paths absolute. @throws HarmoniError where config.json or the environment is wrong */
  readonly config: Config;
  readonly tools: { places(): { readonly ytDlp: ToolPlaces; readonly ffmpeg: ToolPlaces } };
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Fault {
  readonly key: ConfigKey;
  readonly message: string;
  /** Nothing can be downloaded until it's fixed. */
  readonly stops: boolean;
}

/**
 * All that is wrong with the settings: what they say, and whether the folders, files and programs that they name are there.
 * Runs yt-dlp and ffmpeg where their paths are set, and changes nothing. @throws HarmoniError config-not-json
 */
export async function checkSettings(parts: CheckSettingsParts): Promise<ConfigReading> {
  const reading = readSettings(parts.configStore);
  if (reading.problems.length > 0) return reading;
  let config: Config;
  try {
    ({ config } = parts);
  } catch (error) {
    // A variable of the environment, which the message names.
    if (!(error instanceof HarmoniError)) throw error;
    return { ...reading, problems: [{ message: `${error.message} ${error.fix}` }] };
  }
  const isSet = (key: ConfigKey): boolean => Object.hasOwn(reading.stored, key);
  const faults = [
    ...(await folderFaults(config, isSet)),
    ...fileFaults(config, isSet),
    ...(await toolFaults(parts)),
    ...(await notifyFaults(config, parts.env['PATH'])),
  ];
  const told = ({ key, message }: Fault) => {
    const line = reading.lines.get(key);
    return { key, message: `${key}: ${message}`, ...(line === undefined ? {} : { line }) };
  };
  return {
    ...reading,
    problems: faults.filter(({ stops }) => stops).map(told),
    notes: [...reading.notes, ...faults.filter(({ stops }) => !stops).map(told)],
  };
}

type IsSet = (key: ConfigKey) => boolean;

async function folderFaults(config: Config, isSet: IsSet): Promise<readonly Fault[]> {
  const { output_dir: library, exportify_watch_folder: exportify } = config;
  const faults: Fault[] = [];
  const { ok, message, fix = '' } = await folderCheck('output folder', library);
  if (!ok) faults.push({ key: 'output_dir', message: `${message} ${fix}`, stops: true });
  else if (isSet('output_dir') && kindOf(library) === undefined) {
    const text = `${library} doesn't exist yet. HARMONI creates it with the first download.`;
    faults.push({ key: 'output_dir', message: text, stops: false });
  }
  if (isSet('exportify_watch_folder') && kindOf(exportify) !== 'folder') {
    const text = `${exportify} ${kindOf(exportify) === 'file' ? "isn't a folder" : "doesn't exist"}.`;
    faults.push({ key: 'exportify_watch_folder', message: text, stops: false });
  }
  return faults;
}

/** Files that are named in config.json and aren't there. The defaults needn't be. */
function fileFaults(config: Config, isSet: IsSet): readonly Fault[] {
  const missing = (path: string): string => `${path} doesn't exist.`;
  const named = (['tracks_file', 'playlists_file'] as const)
    .filter((key) => isSet(key) && config[key] !== '' && kindOf(config[key]) === undefined)
    .map((key) => ({ key, message: missing(config[key]), stops: false }));
  const pending = config.pending_lists
    // Those that are paths are absolute.
    .filter((input) => /^(?:[/\\]|[a-z]:)/i.test(input) && kindOf(input) === undefined)
    .map((input) => ({ key: 'pending_lists' as const, message: missing(input), stops: false }));
  return [...named, ...pending, ...cookieFaults(config)];
}

function cookieFaults({ cookies_file: file, cookies_from_browser: browser }: Config): readonly Fault[] {
  if (file === '') return [];
  const key = 'cookies_file';
  if (!isReadable(file)) return [{ key, message: `${file} can't be read.`, stops: true }];
  const message = "It's used instead of cookies_from_browser. Empty one of the two.";
  return browser === '' ? [] : [{ key, message, stops: false }];
}

/** Programs whose paths are set. Whether there are any at all is what `harmoni doctor` looks at. */
async function toolFaults({ tools }: CheckSettingsParts): Promise<readonly Fault[]> {
  const { ytDlp, ffmpeg } = tools.places();
  const looks = [
    ['ytdlp_path', ytDlp, locateYtDlp],
    ['ffmpeg_path', ffmpeg, locateFfmpeg],
  ] as const;
  const faults: Fault[] = [];
  for (const [key, places, locate] of looks) {
    if (places.configPath === '' && (places.envPath ?? '') === '') continue;
    try {
      await locate(places);
    } catch (error) {
      if (!(error instanceof HarmoniError)) throw error;
      faults.push({ key, message: `${error.message} ${error.fix}`, stops: true });
    }
  }
  return faults;
}

/** A way to be told that can't work. */
async function notifyFaults(config: Config, path: string | undefined): Promise<readonly Fault[]> {
  const { notify, notify_command: command, notify_webhook: webhook } = config;
  const fault = (message: string): readonly Fault[] => [{ key: 'notify', message, stops: false }];
  if (notify === 'webhook' && webhook === '') return fault('Set notify_webhook to be notified.');
  if (notify !== 'command') return [];
  const [program] = splitArguments(command) ?? [];
  if (program === undefined) return fault('Set notify_command to be notified.');
  const found = /[/\\]/.test(program) ? kindOf(program) : await findProgram(program, path);
  return found === undefined ? fault(`${program} (notify_command) can't be found.`) : [];
}

function kindOf(path: string): 'folder' | 'file' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return kindOf(path) === 'file';
  } catch {
    return false;
  }
}
