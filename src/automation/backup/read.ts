import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HarmoniError } from '../../errors.ts';
import { examineDatabase } from '../../system/database-copy.ts';
import { exists, isOwnFolder, listNames, readPlainFile } from '../../system/files.ts';
import { manifestName, manifestSchema, timeOfName, type Manifest, type SavedFile } from './manifest.ts';

/** A backup as it lies on the disk. */
export interface Backup {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** undefined where it can't be read. */
  readonly manifest: Manifest | undefined;
  /** What is wrong with it, to be put after a colon; empty when nothing is. */
  readonly faults: readonly string[];
}

/** All backups in a folder, the newest first. What is called otherwise isn't one. */
export async function listBackups(folder: string, depth: 'manifest' | 'all'): Promise<readonly Backup[]> {
  const backups: Backup[] = [];
  for (const name of (await listNames(folder)).toSorted().toReversed()) {
    const path = join(folder, name);
    if (timeOfName(name) !== undefined && (await isOwnFolder(path))) {
      backups.push(await openBackup(path, depth));
    }
  }
  return backups;
}

/** Finds a backup by its name, or "latest". @throws HarmoniError usage, when there is none of that name */
export async function findBackup(folder: string, name: string): Promise<Backup> {
  const names = (await listNames(folder)).filter((one) => timeOfName(one) !== undefined).toSorted();
  for (const found of names.toReversed()) {
    const isMeant = name === 'latest' || name === found;
    if (isMeant && (await isOwnFolder(join(folder, found)))) return openBackup(join(folder, found));
  }
  throw new HarmoniError('usage', `There's no backup "${name}".`, {
    fix: 'Run harmoni backup list to see them.',
  });
}

/** Reads a backup: only what its manifest says, or all of it, with what is wrong. */
export async function openBackup(path: string, depth: 'manifest' | 'all' = 'all'): Promise<Backup> {
  const name = basename(path);
  const text = await readPlainFile(join(path, manifestName));
  const manifest = text === undefined ? undefined : parseManifest(text.toString());
  if (manifest === undefined) {
    const isThere = await exists(join(path, manifestName));
    const fault = `${manifestName} is ${isThere ? 'damaged' : 'missing'}`;
    return { name, path, manifest, faults: [fault] };
  }
  const faults: string[] = [];
  for (const file of depth === 'all' ? manifest.files : []) {
    const fault = await faultOf(path, file);
    if (fault !== undefined) faults.push(`${file.path} ${fault}`);
    else if (file.kind === 'store')
      faults.push(...storeFaults(join(path, ...file.path.split('/')), manifest));
  }
  return { name, path, manifest, faults };
}

function parseManifest(text: string): Manifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function faultOf(folder: string, { path, size, sha256 }: SavedFile): Promise<string | undefined> {
  const parts = path.split('/');
  if (parts.some((part) => part === '..' || part === '.' || part === '') || /[\\\0]/.test(path))
    return "isn't a file of a backup";
  const file = join(folder, ...parts);
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return 'is missing';
  if (!found.isFile()) return "isn't a file";
  if (found.size !== size) return `has ${found.size} bytes instead of ${size}`;
  const hash = await sha256OfFile(file).catch(() => undefined);
  if (hash === undefined) return "can't be read";
  return hash === sha256 ? undefined : 'was changed';
}

/** A store that couldn't be read was saved as it was. */
function storeFaults(path: string, { schema, counts }: Manifest): readonly string[] {
  if (schema === null) return [];
  try {
    const { version, rows, faults } = examineDatabase(path);
    const isOther =
      version !== schema ||
      Object.keys({ ...rows, ...counts }).some((table) => rows[table] !== counts[table]);
    return [...faults, ...(isOther ? ["the store in it isn't the one that was saved"] : [])];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Of a file of any size. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
