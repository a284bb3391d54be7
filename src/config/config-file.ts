import { constants, copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { errnoOf, HarmoniError } from '../errors.ts';
import { versionKey } from './version-key.ts';

/** The text of the file; undefined when there is none. */
export function readConfigText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(cause))) return undefined;
    throw new HarmoniError('config-invalid', `${path} can't be read.`, {
      fix: "Make sure it's a file you can read.",
      cause,
    });
  }
}

/** A quick look, without the schema: whether the file may be one that `ConfigStore.renew` has work with. Never fails. */
export function looksOld(path: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    return !text.includes(versionKey) && text.includes('file_name_template');
  } catch {
    return false;
  }
}

/** A quick look, without the schema: whether the file is there and isn't JSON. Never fails. */
export function looksBroken(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return false;
  } catch (error) {
    return error instanceof SyntaxError;
  }
}

/**
 * Writes the whole file through conf: a temporary neighbour, fsync, rename. conf is loaded only here, because its
 * validator alone costs as much as the rest of the start.
 * @param change makes the new content of what the file says at that moment: between the two nothing else runs here, so
 *   what was edited meanwhile is in it
 * @returns the text that was written
 */
export async function changeConfigFile(
  path: string,
  change: () => Readonly<Record<string, unknown>>,
): Promise<string> {
  const { default: Conf } = await import('conf');
  const extension = extname(path);
  const stored = change();
  try {
    const file = new Conf({
      cwd: dirname(path),
      configName: basename(path, extension),
      fileExtension: extension.slice(1),
      accessPropertiesByDotNotation: false,
      serialize,
      // It may hold the secret of a Spotify app. A file that is there keeps its mode.
      ...(existsSync(path) ? {} : { configFileMode: 0o600 }),
    });
    file.store = stored;
  } catch (cause) {
    writeInPlace(path, serialize(stored), cause);
  }
  return serialize(stored);
}

/** Keeps the old file under a dated name beside it and gives that name. `move` takes the file itself away. */
export function keepCopy(path: string, now: Date, how: 'copy' | 'move'): string {
  const copy = freeName(path, now);
  try {
    if (how === 'move') renameSync(path, copy);
    else copyFileSync(path, copy, constants.COPYFILE_EXCL);
  } catch (cause) {
    throw notWritable(copy, cause);
  }
  return copy;
}

const serialize = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** A file that is mounted alone (Docker), or whose folder is read-only, cannot be replaced but can be written. */
function writeInPlace(path: string, text: string, why: unknown): void {
  const replaceable = !['EBUSY', 'EACCES', 'EPERM', 'EROFS'].includes(errnoOf(why));
  if (replaceable || !existsSync(path)) throw notWritable(path, why);
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

function notWritable(path: string, cause: unknown): HarmoniError {
  return new HarmoniError('config-not-writable', `${path} can't be written.`, { cause });
}

/** config.json.2025-01-31-120000.bak, with a number where that is taken. */
function freeName(path: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  for (let number = 1; ; number++) {
    const name = `${path}.${stamp}${number === 1 ? '' : `-${number}`}.bak`;
    if (!existsSync(name)) return name;
  }
}
