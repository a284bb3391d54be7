import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withSecretsOf } from '../../config/secrets.ts';
import { originIn } from '../../downloads/m3u8.ts';
import { HarmoniError } from '../../errors.ts';
import { migrations } from '../../history/schema.ts';
import { isLibraryThere } from '../../history/settle.ts';
import { isListName } from '../../sources/file-formats.ts';
import { examineDatabase, readColumn } from '../../system/database-copy.ts';
import { exists, isBelow, readPlainFile } from '../../system/files.ts';
import type { CreateParts } from './create.ts';
import { inputPlaces, type InputSettings } from './inputs.ts';
import { storeName, type Manifest, type SavedFile } from './manifest.ts';
import { placeOf, tokensName } from './places.ts';
import { sha256OfFile, type Backup } from './read.ts';

export interface RestoreParts extends CreateParts {
  /** The settings of a config.json with absolute paths; undefined where they can't be understood. */
  readonly inputsOf: (stored: Readonly<Record<string, unknown>>) => InputSettings | undefined;
}

/** What becomes of one file. */
export interface RestoreStep {
  readonly file: SavedFile;
  /** Absolute. */
  readonly to: string;
  readonly action: 'replace' | 'create' | 'same' | 'leave';
  /** Why it is left alone. */
  readonly reason?: string;
  /** SHA-256 of the config.json that the plan read; null where there was none. */
  readonly was?: string | null;
}

export interface RestorePlan {
  readonly backup: Backup & { readonly manifest: Manifest };
  readonly steps: readonly RestoreStep[];
  /** What config.json will say; undefined where the backup has none. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** Rows of each table now; undefined where there is no store, or it can't be read. */
  readonly before: Readonly<Record<string, number>> | undefined;
}

/**
 * What restoring a backup would do. All of the backup has been verified then.
 * @throws HarmoniError backup-broken, also for one of a newer HARMONI
 */
export async function planRestore(parts: RestoreParts, backup: Backup): Promise<RestorePlan> {
  const whole = checkRestorable(backup);
  const { places } = parts;
  const saved = await savedSettings(whole);
  const settings = saved === undefined ? undefined : withSecretsOf(parts.stored ?? {}, saved);
  const store = join(whole.path, storeName);
  const allowed = [
    ...inputPlaces(parts.inputs, store),
    ...(saved === undefined ? [] : inputPlaces(parts.inputsOf(saved) ?? parts.inputs, store)),
  ];
  const playlists = new Set(readColumn(store, 'SELECT playlist_file FROM lists'));
  const steps: RestoreStep[] = [];
  for (const file of whole.manifest.files) {
    const to = placeOf(file, places);
    const isAllowed =
      to !== undefined &&
      (file.kind === 'playlist'
        ? playlists.has(to)
        : file.kind !== 'input' || (to !== places.config && isInput(to, allowed)));
    if (to === undefined || !isAllowed) {
      const reason = "your settings don't name it";
      steps.push({ file, to: to ?? file.to, action: 'leave', reason });
    } else steps.push(await stepFor(file, to, { stored: parts.stored, settings, store }));
  }
  return { backup: whole, steps, settings, before: rowsOf(join(places.data, storeName)) };
}

function checkRestorable(backup: Backup): RestorePlan['backup'] {
  const { name, manifest, faults } = backup;
  if (manifest === undefined || faults.length > 0) {
    throw new HarmoniError('backup-broken', `${name} is broken: ${faults.join(', ')}.`);
  }
  const { schema, files } = manifest;
  if (schema === null && files.some(({ kind }) => kind === 'store')) {
    throw new HarmoniError('backup-broken', `The store in ${name} was broken when it was saved.`);
  }
  if (schema !== null && schema > migrations.length) {
    const what = `${name} was made by a newer HARMONI (${manifest.version}).`;
    throw new HarmoniError('backup-broken', what, { fix: 'Update HARMONI, then restore it.' });
  }
  return { ...backup, manifest };
}

/** @throws HarmoniError backup-broken */
async function savedSettings({
  path,
  manifest,
  name,
}: RestorePlan['backup']): Promise<Readonly<Record<string, unknown>> | undefined> {
  const file = manifest.files.find(({ kind }) => kind === 'config');
  if (file === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(await readFile(join(path, ...file.path.split('/')), 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below.
  }
  throw new HarmoniError('backup-broken', `The settings in ${name} can't be read.`);
}

/** Whether a path is one of these, or a list in one of these folders. Pure. */
function isInput(path: string, places: readonly string[]): boolean {
  if (basename(path) === tokensName) return false;
  return places.some((place) => place === path || (place === dirname(path) && isListName(basename(path))));
}

/** The settings that two config.json say otherwise. Pure. */
export function changedKeys(
  now: Readonly<Record<string, unknown>> = {},
  then: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const keys = new Set([...Object.keys(now), ...Object.keys(then)]);
  return [...keys].filter((key) => JSON.stringify(now[key]) !== JSON.stringify(then[key]));
}

interface Now {
  readonly stored: Readonly<Record<string, unknown>> | undefined;
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  readonly store: string;
}

async function stepFor(file: SavedFile, to: string, { stored, settings, store }: Now): Promise<RestoreStep> {
  const change = { file, to, action: (await exists(to)) ? 'replace' : 'create' } as const;
  if (file.kind === 'store') return change;
  if (file.kind === 'config') {
    return stored !== undefined && changedKeys(stored, settings).length === 0
      ? { ...change, action: 'same' }
      : { ...change, was: change.action === 'create' ? null : await sha256OfFile(to).catch(() => '') };
  }
  if (change.action === 'replace' && (await sha256OfFile(to).catch(() => '')) === file.sha256) {
    return { ...change, action: 'same' };
  }
  if (file.kind === 'input') return change;
  const libraries = readColumn(store, 'SELECT DISTINCT library FROM lists');
  const library = libraries.find((one) => isBelow(to, one));
  if (library === undefined || !(await isLibraryThere(library))) {
    return { ...change, action: 'leave', reason: "its library isn't there" };
  }
  const content = await readPlainFile(to);
  if (change.action === 'replace' && originIn(content?.toString() ?? '') === undefined) {
    return { ...change, action: 'leave', reason: "HARMONI didn't create the file there now" };
  }
  return change;
}

function rowsOf(store: string): Readonly<Record<string, number>> | undefined {
  try {
    return examineDatabase(store).rows;
  } catch {
    return undefined;
  }
}
