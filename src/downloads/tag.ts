import { stat, writeFile } from 'node:fs/promises';
import type { Cover } from '../enrich/enricher.ts';
import { HarmoniError } from '../errors.ts';
import type { ConversionPlan } from './conversion-plan.ts';
import { mostInMemory, withFile } from '../formats/in-memory.ts';
import { replaceOpusTags } from '../formats/opus-tags.ts';
import { fieldsOfFormat, type TagFields } from './tag-fields.ts';
import { createTagLib } from './taglib.ts';

export interface Tagger {
  /** Writes tags and cover into a file without tags, in place. @throws HarmoniError tag-failed, disk-full */
  write(
    path: string,
    extension: ConversionPlan['extension'],
    fields: TagFields,
    cover: Cover | undefined,
  ): Promise<void>;
}

/** Tags all six formats: plain Opus itself, in a third of the time, because most songs are Opus; the rest by TagLib. */
export function createTagger(): Tagger {
  const taglib = createTagLib();
  return {
    async write(path, extension, own, cover) {
      const fields = fieldsOfFormat(own, extension);
      try {
        if (extension === 'opus' && (await writeOpus(path, fields, cover))) return;
        await taglib.write(path, extension, fields, cover);
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
