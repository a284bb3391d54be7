import type { TagFields } from './tag-fields.ts';

type TagLib = import('taglib-wasm').TagLib;

/** A picture in a file. The type is TagLib's word: "FrontCover", "BackCover", "Artist" ... */
export interface TagPicture {
  readonly mimeType: string;
  readonly data: Uint8Array;
  readonly type: string;
  readonly description?: string;
}

/** All that TagLib finds in a file: every field by its own name, also those that HARMONI doesn't know, and the pictures. */
export interface FileTags extends TagFields {
  readonly pictures: readonly TagPicture[];
}

/** Formats whose cover the Emscripten build leaves out without a word (1.5.1). */
const coverByWasi: ReadonlySet<string> = new Set(['opus', 'wav']);

type NamedFields = Readonly<Record<string, { readonly key: string }>>;

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

  async function writePictures(path: string, pictures: readonly TagPicture[]): Promise<void> {
    const taglib = await (loadedWasi ??= load('wasi'));
    const file = await taglib.open(path);
    try {
      file.setPictures(pictures.map(asPicture));
      await file.saveToFile();
    } finally {
      file.dispose();
    }
  }

  async function writeAll(
    path: string,
    extension: string,
    fields: TagFields,
    pictures: readonly TagPicture[],
  ): Promise<void> {
    const taglib = await (loadedEmscripten ??= load('emscripten'));
    const file = await taglib.open(path, { partial: false });
    try {
      file.setProperties(Object.fromEntries(Object.entries(fields.properties).map(([k, v]) => [k, [...v]])));
      // What Apple's players show an E for.
      if (extension === 'm4a' && fields.properties['EXPLICIT']?.[0] === '1') file.setMP4Item('rtng', '1');
      if (pictures.length > 0) file.setPictures(pictures.map(asPicture));
      await file.saveToFile();
    } finally {
      file.dispose();
    }
  }

  async function readAll(path: string, extension: string): Promise<FileTags> {
    const { PROPERTIES } = await import('taglib-wasm');
    const ownName = (name: string): string => (PROPERTIES as NamedFields)[name]?.key ?? name;
    const taglib = await (loadedEmscripten ??= load('emscripten'));
    const file = await taglib.open(path, { partial: false });
    try {
      // It calls the fields that it knows by names of its own.
      const named = Object.entries(file.properties()).map(([name, values]) => [ownName(name), values]);
      const lyrics = file.getLyrics().map(({ text }) => text);
      return {
        properties: { ...Object.fromEntries(named), ...(lyrics.length === 0 ? {} : { LYRICS: lyrics }) },
        pictures: coverByWasi.has(extension) ? await readPictures(path) : file.getPictures(),
      };
    } finally {
      file.dispose();
    }
  }

  async function readPictures(path: string): Promise<readonly TagPicture[]> {
    const taglib = await (loadedWasi ??= load('wasi'));
    const file = await taglib.open(path);
    try {
      return file.getPictures();
    } finally {
      file.dispose();
    }
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  return {
    /** In place. @throws what taglib-wasm throws; an errno stands in its text */
    write: (path: string, extension: string, fields: TagFields, pictures: readonly TagPicture[]) =>
      inTurn(async () => {
        const apart = pictures.length > 0 && coverByWasi.has(extension);
        if (apart) await writePictures(path, pictures);
        await writeAll(path, extension, fields, apart ? [] : pictures);
      }),
    /** @throws what taglib-wasm throws */
    read: (path: string, extension: string) => inTurn(() => readAll(path, extension)),
  };
}

function asPicture({ mimeType, data, type, description = '' }: TagPicture) {
  // TagLib knows its own words; another one is "Other" to it.
  return { mimeType, data, type: type as 'FrontCover', description };
}
