import { stat, writeFile } from 'node:fs/promises';
import type { Cover } from '../enrich/enricher.ts';
import { HarmoniError } from '../errors.ts';
import type { ConversionPlan } from './conversion-plan.ts';
import { mostInMemory, withFile } from '../formats/in-memory.ts';
import { replaceOpusTags, updateOpusTags } from '../formats/opus-tags.ts';
import { fieldsOfFormat, type TagFields } from './tag-fields.ts';
import { spellTagNames } from './id3-spelling.ts';
import { createTagLib, type TagPicture } from './taglib.ts';

export interface Tagger {
  /**
   * Writes tags and cover into a file without tags, in place.
   * @param others pictures beside the cover
   * @throws HarmoniError tag-failed, disk-full
   */
  write(
    path: string,
    extension: ConversionPlan['extension'],
    fields: TagFields,
    cover: Cover | undefined,
    others?: readonly TagPicture[],
  ): Promise<void>;
  /**
   * Writes tags besides those that the file has, in place: a field without values is removed, and a cover replaces the
   * pictures. For a copy of a song that is put in its place afterwards. Throws as `write` does.
   */
  update(
    path: string,
    extension: ConversionPlan['extension'],
    fields: TagFields,
    cover: Cover | undefined,
  ): Promise<void>;
  /** What a file has, as `update` takes it. @throws HarmoniError tag-failed */
  read(path: string): Promise<TagFields>;
  /** @throws HarmoniError tag-failed */
  readPictures(path: string, extension: string): Promise<readonly TagPicture[]>;
}

/** Tags all six formats: plain Opus itself, in a third of the time, because most songs are Opus; the rest by TagLib. */
export function createTagger(): Tagger {
  const taglib = createTagLib();
  return {
    write: (path, extension, own, cover, others = []) =>
      told(path, async () => {
        const fields = fieldsOfFormat(own, extension);
        const isPlain = extension === 'opus' && others.length === 0;
        if (isPlain && (await writeOpus(path, fields, cover, replaceOpusTags))) return;
        await taglib.write(path, extension, fields, cover, others);
        await spellTagNames(path, extension);
      }),
    update: (path, extension, own, cover) =>
      told(path, async () => {
        const fields = fieldsOfFormat(own, extension);
        if (extension === 'opus' && (await writeOpus(path, fields, cover, updateOpusTags))) return;
        await taglib.update(path, extension, fields, cover);
        await spellTagNames(path, extension);
      }),
    read: (path) => asRead(taglib.read(path)),
    readPictures: (path, extension) => asRead(taglib.pictures(path, extension)),
  };
}

/** @throws HarmoniError tag-failed */
async function asRead<T>(reading: Promise<T>): Promise<T> {
  return reading.catch((cause: unknown) => {
    throw new HarmoniError('tag-failed', "HARMONI couldn't read the tags.", { cause });
  });
}

/** @throws HarmoniError tag-failed, disk-full */
async function told(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    // taglib-wasm hands the code on as a text.
    if (/\b(?:ENOSPC|EDQUOT)\b/.test(String(cause))) {
      throw new HarmoniError('disk-full', `No space left to write ${path}.`, { cause });
    }
    throw new HarmoniError('tag-failed', "HARMONI couldn't write the tags.", { cause });
  }
}

/** False where the file is longer, or not as plain as HARMONI's own are. */
async function writeOpus(
  path: string,
  fields: TagFields,
  cover: Cover | undefined,
  change: typeof replaceOpusTags,
): Promise<boolean> {
  if ((await stat(path)).size > mostInMemory) return false;
  return withFile(path, async (file) => {
    const parts = change(file, fields.properties, cover);
    if (parts === undefined) return false;
    await writeFile(path, parts);
    return true;
  });
}
