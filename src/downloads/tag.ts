import { stat, writeFile } from 'node:fs/promises';
import type { Cover } from '../enrich/enricher.ts';
import { HarmoniError } from '../errors.ts';
import type { ConversionPlan } from './conversion-plan.ts';
import { mostInMemory, withFile } from '../formats/in-memory.ts';
import { replaceOpusTags } from '../formats/opus-tags.ts';
import { fieldsOfFormat, type TagFields } from './tag-fields.ts';
import { createTagLib, type FileTags, type TagPicture } from './taglib.ts';

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
   * Reads all the tags of a file, whoever wrote them.
   * @param extension what kind of file it is; its path may not tell
   * @throws HarmoniError tag-failed
   */
  read(path: string, extension: string): Promise<FileTags>;
}

/** Tags all six formats: plain Opus itself, in a third of the time, because most songs are Opus; the rest by TagLib. */
export function createTagger(): Tagger {
  const taglib = createTagLib();
  return {
    async read(path, extension) {
      try {
        return await taglib.read(path, extension);
      } catch (cause) {
        throw new HarmoniError('tag-failed', "HARMONI couldn't read the tags.", { cause });
      }
    },
    async write(path, extension, own, cover, others = []) {
      const fields = fieldsOfFormat(own, extension);
      const isPlain = extension === 'opus' && others.length === 0;
      try {
        if (isPlain && (await writeOpus(path, fields, cover))) return;
        const front = cover === undefined ? [] : [{ ...cover, type: 'FrontCover', description: 'Cover' }];
        await taglib.write(path, extension, fields, [...front, ...others]);
      } catch (cause) {
        // taglib-wasm hands the code on as a text.
        if (/\b(?:ENOSPC|EDQUOT)\b/.test(String(cause))) {
          throw new HarmoniError('disk-full', `No space left to write ${path}.`, { cause });
        }
        throw new HarmoniError('tag-failed', "HARMONI couldn't write the tags.", { cause });
      }
    },
  };
}

/** False where the file is longer, or not as plain as HARMONI's own are. */
async function writeOpus(path: string, fields: TagFields, cover: Cover | undefined): Promise<boolean> {
  if ((await stat(path)).size > mostInMemory) return false;
  return withFile(path, async (file) => {
    const parts = replaceOpusTags(file, fields.properties, cover);
    if (parts === undefined) return false;
    await writeFile(path, parts);
    return true;
  });
}
