import { randomBytes } from 'node:crypto';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ConversionPlan } from '../../downloads/conversion-plan.ts';
import { examineFile, type Examined } from '../../downloads/examine-file.ts';
import { faultOf, inspect } from '../../downloads/inspect.ts';
import type { Tagger } from '../../downloads/tag.ts';
import { mostInMemory } from '../../formats/in-memory.ts';
import type { Store } from '../../history/store.ts';
import { retagFile, type RetagParts } from '../../history/retag-file.ts';
import { asPlaceError, removeFolder } from '../../system/files.ts';
import { factsAt, isSameFile, isUnchanged, mustLookAt, type FileFacts } from '../../system/file-facts.ts';
import { isNameKey } from '../../tracks/identity.ts';
import type { FactChange } from '../../tracks/fact-change.ts';
import type { LibrarySong } from '../songs.ts';
import type { FoundForSong } from './library-enricher.ts';

export interface WriteTagsParts extends RetagParts {
  readonly store: RetagParts['store'] & Pick<Store, 'sounds'>;
  readonly tagger: Pick<Tagger, 'update'>;
  /** On the library's disk. */
  readonly workFolder: string;
}

type Extension = ConversionPlan['extension'];
const extensions: readonly string[] = [
  'mp3',
  'm4a',
  'opus',
  'flac',
  'ogg',
  'wav',
] satisfies readonly Extension[];

/** The kind of file that HARMONI can write tags into; undefined for all others. Pure. */
export function taggedAs({ file }: Pick<LibrarySong, 'file'>): Extension | undefined {
  return extensions.includes(file.format ?? '') ? (file.format as Extension) : undefined; // it is one of them
}

/**
 * Gives a song more tags, as a step of the run: in a copy, which is read back and must have the same sound, and then takes
 * the place of the file at all of its names. Returns why the file was left alone, as the end of a sentence.
 * @param others names in the library that may be the same file
 * @throws HarmoniError tag-failed, verify-failed, output-not-writable, disk-full, file-gone
 */
export async function writeTags(
  parts: WriteTagsParts,
  { file }: LibrarySong,
  { changes, cover }: Pick<FoundForSong, 'cover'> & { readonly changes: readonly FactChange[] },
  others: readonly string[],
): Promise<string | undefined> {
  const { path } = file;
  const extension = taggedAs({ file });
  if (extension === undefined) return "HARMONI can't write tags into this format";
  const before = await factsAt(path);
  if (before === undefined) return "it's gone, or a link";
  if (!isUnchanged(before, file)) return 'it changed meanwhile';
  const folder = join(parts.workFolder, `retag-${randomBytes(6).toString('hex')}`);
  const work = join(folder, basename(path));
  try {
    await mkdir(folder, { recursive: true });
    await copyFile(path, work);
    const properties = Object.fromEntries(changes.map(({ field, after }) => [field, after]));
    await parts.tagger.update(work, extension, { properties }, cover?.picture);
    const fault = await faultIn(work, path, extension, cover !== undefined);
    if (fault !== undefined) return fault;
    const names = [path, ...(await namesOf(path, others))] as const;
    const isSmall = before.sizeBytes <= mostInMemory && (await mustLookAt(work)).sizeBytes <= mostInMemory;
    const made = await examine(parts, work, path);
    const isDone = await retagFile(parts, { names, before, work, isSmall }, (name, now) => {
      indexAgain(parts, name, made, now);
    });
    return isDone ? undefined : 'it changed meanwhile';
  } catch (error) {
    throw asPlaceError(error, path);
  } finally {
    await removeFolder(folder).catch(() => undefined);
  }
}

/** The new file against the old one: the sound is the same, and whole. */
async function faultIn(
  work: string,
  path: string,
  extension: Extension,
  cover: boolean,
): Promise<string | undefined> {
  const { durationMs } = await inspect(path, extension);
  const found = await inspect(work, extension);
  const fault = faultOf(found, { extension, durationMs, fields: undefined, cover });
  if (fault !== undefined) return `its new tags couldn't be written: ${fault}`;
  return found.durationMs === durationMs
    ? undefined
    : "its new tags couldn't be written: the sound would change";
}

async function namesOf(path: string, others: readonly string[]): Promise<readonly string[]> {
  const names: string[] = [];
  for (const other of others) if (other !== path && (await isSameFile(path, other))) names.push(other);
  return names;
}

async function examine({ store }: WriteTagsParts, work: string, path: string): Promise<Examined> {
  const known = store.files.get(path);
  const before = known && { ...known, keys: store.files.keysOf(path) };
  return examineFile(work, await mustLookAt(work), before);
}

/** What HARMONI knew of the song, which its tags may not say, is still so, as is how it sounds. */
function indexAgain(
  { store }: WriteTagsParts,
  path: string,
  { file, keys, facts }: Examined,
  now: FileFacts,
): void {
  const before = store.files.get(path);
  const sound = before && store.sounds.keyOf(before);
  if (sound !== undefined) store.sounds.setKey({ ...now, path }, sound);
  const known = store.files.keysOf(path).filter((key) => !isNameKey(key));
  store.files.put(
    {
      ...before,
      ...file,
      path,
      ...now,
      downloaded: file.downloaded || before?.downloaded === true,
      ...(before?.isChanged === undefined ? {} : { isChanged: before.isChanged }),
    },
    [...new Set([...keys, ...known])],
    facts,
  );
}
