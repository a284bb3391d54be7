import type { Cover } from '../enrich/enricher.ts';
import type { TagFields } from './tag-fields.ts';

type TagLib = import('taglib-wasm').TagLib;

/** Formats whose cover the Emscripten build leaves out without a word (1.5.1). */
const coverByWasi: ReadonlySet<string> = new Set(['opus', 'wav']);

/**
 * Writes tags and cover by taglib-wasm, loaded at the first file. Its Emscripten build writes everything in memory, in a
 * fifth of the time that the WASI build takes, but must see the whole file (`partial: false`) and save once: a second
 * save on one handle corrupts m4a. The covers of opus and wav come from the WASI build, which in turn loses the totals
 * ("3/12" becomes 3), so it goes first and writes nothing else.
 */
export function createTagLib() {
  let loadedWasi: Promise<TagLib> | undefined;
  let loadedEmscripten: Promise<TagLib> | undefined;
  const load = async (forceWasmType: 'wasi' | 'emscripten'): Promise<TagLib> => {
    const { TagLib } = await import('taglib-wasm');
    return TagLib.initialize({ forceWasmType });
  };
  // One file at a time: each build has a single memory.
  let turn: Promise<unknown> = Promise.resolve();

  async function writeCover(path: string, cover: Cover): Promise<void> {
    const taglib = await (loadedWasi ??= load('wasi'));
    const file = await taglib.open(path);
    try {
      file.setPictures([pictureOf(cover)]);
      await file.saveToFile();
    } finally {
      file.dispose();
    }
  }

  async function writeAll(
    path: string,
    extension: string,
    fields: TagFields,
    cover: Cover | undefined,
  ): Promise<void> {
    const taglib = await (loadedEmscripten ??= load('emscripten'));
    const file = await taglib.open(path, { partial: false });
    try {
      file.setProperties(Object.fromEntries(Object.entries(fields.properties).map(([k, v]) => [k, [...v]])));
      // What Apple's players show an E for.
      if (extension === 'm4a' && fields.properties['EXPLICIT']?.[0] === '1') file.setMP4Item('rtng', '1');
      if (cover !== undefined) file.setPictures([pictureOf(cover)]);
      await file.saveToFile();
    } finally {
      file.dispose();
    }
  }

  return {
    /** In place. @throws what taglib-wasm throws; an errno stands in its text */
    write(path: string, extension: string, fields: TagFields, cover: Cover | undefined): Promise<void> {
      const mine = turn.then(async () => {
        const apart = cover !== undefined && coverByWasi.has(extension);
        if (apart) await writeCover(path, cover);
        await writeAll(path, extension, fields, apart ? undefined : cover);
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function pictureOf(cover: Cover) {
  return { mimeType: cover.mimeType, data: cover.data, type: 'FrontCover', description: 'Cover' } as const;
}
