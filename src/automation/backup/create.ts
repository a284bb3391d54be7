import { chmod, copyFile, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { harmoniVersion } from '../../config/edition.ts';
import { withoutSecrets } from '../../config/secrets.ts';
import { originIn } from '../../downloads/m3u8.ts';
import { errnoOf, HarmoniError } from '../../errors.ts';
import { copyDatabase, examineDatabase, readColumn, type DatabaseFacts } from '../../system/database-copy.ts';
import { asFileError } from '../../system/file-errors.ts';
import { exists, readPlainFile, writeFileAtomic } from '../../system/files.ts';
import { inputFiles, inputPlaces, type InputSettings } from './inputs.ts';
import { makeRoom } from './make-room.ts';
import {
  backupName,
  manifestName,
  storeName,
  type Manifest,
  type Reason,
  type SavedFile,
} from './manifest.ts';
import { asSaved, backupsIn, tokensName, type BackupPlaces } from './places.ts';
import { openBackup, sha256OfFile, type Backup } from './read.ts';

export interface CreateParts {
  readonly places: BackupPlaces;
  /** What config.json says; undefined where there is none, or it can't be read. */
  readonly stored: Readonly<Record<string, unknown>> | undefined;
  readonly inputs: InputSettings;
  readonly clock: { now(): number };
}

export interface CreateOptions {
  readonly reason: Reason;
  readonly withSecrets: boolean;
  /** More files to save; absolute. */
  readonly also?: readonly string[];
  /** A store that can't be read is copied as it is. */
  readonly evenIfBroken?: boolean;
  /** 0 keeps all. */
  readonly mostBackups: number;
}

export interface Created {
  readonly backup: Backup;
  /** Files that can't be read, or are too large; absolute. */
  readonly notSaved: readonly string[];
  /** Old backups that made room. */
  readonly removed: readonly string[];
}

/** A larger input is no list. */
const largestInputBytes = 256 * 2 ** 20;

/**
 * Makes a backup, and verifies it before it has its name; then old ones make room.
 * @throws HarmoniError store-broken, store-busy, disk-full or output-not-writable
 */
export async function createBackup(parts: CreateParts, options: CreateOptions): Promise<Created> {
  const folder = backupsIn(parts.places.data);
  const created = parts.clock.now();
  const part = join(folder, `.${backupName(created)}-${process.pid}.part`);
  try {
    await mkdir(part, { recursive: true, mode: 0o700 });
    const { files, notSaved, facts, leftOut } = await saveAll(parts, options, part);
    const manifest: Manifest = {
      format: 1,
      version: harmoniVersion(),
      schema: facts === undefined ? null : facts.version,
      created: new Date(created).toISOString(),
      reason: options.reason,
      files,
      leftOut: [...leftOut],
      counts: { ...facts?.rows },
    };
    await writeFileAtomic(join(part, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, 0o600);
    const { faults } = await openBackup(part);
    if (faults.length > 0) {
      throw new HarmoniError('backup-broken', `The new backup isn't whole: ${faults.join(', ')}.`, {
        fix: 'Check the disk your data folder is on, then try again.',
      });
    }
    const backup = await openBackup(await giveName(part, folder, created));
    const removed = await makeRoom(folder, options.mostBackups, backup.name);
    return { backup, notSaved, removed };
  } catch (error) {
    throw asFileError(error, folder);
  } finally {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function saveAll(
  { places, stored, inputs }: CreateParts,
  { withSecrets, evenIfBroken = false, also = [] }: CreateOptions,
  part: string,
): Promise<{
  files: SavedFile[];
  notSaved: readonly string[];
  facts: DatabaseFacts | undefined;
  leftOut: readonly string[];
}> {
  const files: SavedFile[] = [];
  const notSaved: string[] = [];
  const note = async (path: string, kind: SavedFile['kind'], to: string): Promise<void> => {
    const copy = join(part, ...path.split('/'));
    await chmod(copy, 0o600);
    files.push({ path, size: (await stat(copy)).size, sha256: await sha256OfFile(copy), kind, to });
  };
  const facts = await saveStore(join(places.data, storeName), join(part, storeName), evenIfBroken);
  if (await exists(join(part, storeName))) await note(storeName, 'store', storeName);
  const { settings, leftOut } =
    stored === undefined || withSecrets ? { settings: stored, leftOut: [] } : withoutSecrets(stored);
  if (settings !== undefined) {
    await writeFileAtomic(join(part, 'config.json'), `${JSON.stringify(settings, null, 2)}\n`, 0o600);
    await note('config.json', 'config', 'config.json');
  }
  const add = async (from: string, kind: 'input' | 'playlist'): Promise<void> => {
    // Two files may have one name.
    const path = `${kind}s/${files.length}/${basename(from)}`;
    const copy = join(part, ...path.split('/'));
    await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
    const isCopied = await copyIfReadable(from, copy);
    if (isCopied) await note(path, kind, asSaved(from, places.data));
    else notSaved.push(from);
  };
  const store = join(part, storeName);
  const playlists = new Set(await playlistFiles(store));
  const named = await inputFiles([...inputPlaces(inputs, store), ...also]);
  const secrets = await realPaths([places.config, join(places.data, tokensName), stored?.['cookies_file']]);
  for (const from of named) {
    if (playlists.has(from)) continue;
    // A watched folder may be the one with config.json, which is saved above without its secrets.
    const [real = from] = await realPaths([from]);
    if (secrets.includes(real)) continue;
    await add(from, 'input');
  }
  for (const from of playlists) await add(from, 'playlist');
  return { files, notSaved, facts, leftOut };
}

/** Where paths lead, of those that are one. */
async function realPaths(paths: readonly unknown[]): Promise<readonly string[]> {
  const named = paths.filter((path) => typeof path === 'string');
  const found = await Promise.all(named.map(async (path) => realpath(path).catch(() => undefined)));
  return found.filter((path) => path !== undefined);
}

/** There may be none yet. */
async function saveStore(
  from: string,
  to: string,
  evenIfBroken: boolean,
): Promise<DatabaseFacts | undefined> {
  if (!(await exists(from))) return undefined;
  try {
    await copyDatabase(from, to);
    const facts = examineDatabase(to);
    if (facts.faults.length === 0 || !evenIfBroken) return facts;
  } catch (error) {
    const isBroken = error instanceof HarmoniError && error.code === 'store-broken';
    if (!evenIfBroken || !isBroken) throw error;
  }
  await copyFile(from, to);
  // Not listed: for whoever wants to save what can be saved.
  await copyFile(`${from}-wal`, `${to}-wal`).catch(() => undefined);
  return undefined;
}

async function copyIfReadable(from: string, to: string): Promise<boolean> {
  try {
    if ((await stat(from)).size > largestInputBytes || (await isSecret(from))) return false;
    await copyFile(from, to);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'ENOENT', 'ENAMETOOLONG'].includes(errnoOf(error))) return false;
    throw error;
  }
}

/** A cookies.txt among the lists, or the sign-in itself. */
async function isSecret(path: string): Promise<boolean> {
  if (basename(path) === tokensName) return true;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(40), 0, 40, 0);
    return /^\uFEFF?# (?:Netscape )?HTTP Cookie File/.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await file.close();
  }
}

/** The playlist files that HARMONI wrote and that are still its own, by the store in the backup. */
async function playlistFiles(store: string): Promise<readonly string[]> {
  const known = readColumn(store, 'SELECT DISTINCT playlist_file FROM lists WHERE playlist_file IS NOT NULL');
  const marked: string[] = [];
  for (const path of known) {
    const content = await readPlainFile(path);
    if (content !== undefined && originIn(content.toString()) !== undefined) marked.push(path);
  }
  return marked;
}

/** Two may be made in one millisecond. */
async function giveName(part: string, folder: string, created: number): Promise<string> {
  for (let atMs = created; ; atMs += 1) {
    const path = join(folder, backupName(atMs));
    if (await exists(path)) continue;
    try {
      await rename(part, path);
      return path;
    } catch (error) {
      if (!['EEXIST', 'ENOTEMPTY'].includes(errnoOf(error))) throw error;
    }
  }
}
