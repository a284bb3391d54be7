import { readFile } from 'node:fs/promises';
import type { Cover } from '../enrich/enricher.ts';
import { freeformNames } from '../formats/mp4-tags.ts';
import type { TagFields } from './tag-fields.ts';

type TagLibModule = typeof import('taglib-wasm');
type TagLib = import('taglib-wasm').TagLib;
type AudioFile = Awaited<ReturnType<TagLib['open']>>;

/** A picture in a file. The type is TagLib's word: "FrontCover", "BackCover", "Artist" ... */
export interface TagPicture {
  readonly mimeType: string;
  readonly data: Uint8Array;
  readonly type: string;
  readonly description?: string;
}

/** Formats whose cover the Emscripten build leaves out without a word (1.5.1). */
const coverByWasi: ReadonlySet<string> = new Set(['opus', 'wav']);

/**
 * Reads and writes tags and cover by taglib-wasm, loaded at the first file. Its Emscripten build writes everything in
 * memory, in a fifth of the time that the WASI build takes, but must see the whole file (`partial: false`) and save once: a
 * second save on one handle corrupts m4a. The covers of opus and wav come from the WASI build, which in turn loses the
 * totals ("3/12" becomes 3), so it goes first and writes nothing else.
 */
export function createTagLib() {
  const files = openFiles();
  // One file at a time: each build has a single memory.
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function update(
    path: string,
    extension: string,
    { properties }: TagFields,
    cover: Cover | undefined,
  ): Promise<void> {
    // Before a cover is written apart: that loses some of them.
    const all = { ...(await files.byEmscripten(path, propertiesOf)), ...properties };
    const twins = extension === 'm4a' ? await twinsOf(path, new Set(Object.keys(properties))) : [];
    await writeTo(files, path, extension, { properties: all }, picturesOf(cover), (file) => {
      for (const item of twins) file.removeMP4Item(item);
    });
  }

  return {
    /** These tags and no others, in place. @throws what taglib-wasm throws; an errno stands in its text */
    write: (
      path: string,
      extension: string,
      fields: TagFields,
      cover: Cover | undefined,
      others: readonly TagPicture[] = [],
    ): Promise<void> =>
      inTurn(() => writeTo(files, path, extension, fields, [...picturesOf(cover), ...others])),
    /** These tags besides those that are there, in place; a field without values is removed. Throws as `write` does. */
    update: (path: string, extension: string, fields: TagFields, cover: Cover | undefined): Promise<void> =>
      inTurn(() => update(path, extension, fields, cover)),
    /** By TagLib's own names of properties. Pictures aren't among them. Throws as `write` does. */
    read: (path: string): Promise<TagFields> =>
      inTurn(() => files.byEmscripten(path, async (file) => ({ properties: await propertiesOf(file) }))),
    pictures: (path: string, extension: string) => inTurn(() => readPictures(files, path, extension)),
  };
}

type Files = ReturnType<typeof openFiles>;

async function writeTo(
  files: Files,
  path: string,
  extension: string,
  { properties }: TagFields,
  pictures: readonly TagPicture[],
  also: (file: AudioFile) => void = () => undefined,
): Promise<void> {
  const apart = pictures.length > 0 && coverByWasi.has(extension);
  if (apart) {
    await files.byWasi(path, async (file) => {
      file.setPictures(pictures.map(asPicture));
      await file.saveToFile();
    });
  }
  await files.byEmscripten(path, async (file) => {
    if (extension === 'm4a') setForMp4(file, properties);
    else file.setProperties(copyOf(properties));
    if (pictures.length > 0 && !apart) file.setPictures(pictures.map(asPicture));
    also(file);
    await file.saveToFile();
  });
}

function readPictures(files: Files, path: string, extension: string): Promise<readonly TagPicture[]> {
  const open = coverByWasi.has(extension) ? files.byWasi : files.byEmscripten;
  return open(path, async (file) => file.getPictures());
}

/**
 * TagLib has one name for items that differ in upper and lower case, and writes each of them anew in upper case, beside the
 * one that is there ("MyTag" and MYTAG). One of the two is to be removed: these are the
 * names. Hardly a file has any.
 */
async function twinsOf(path: string, changed: ReadonlySet<string>): Promise<readonly string[]> {
  const names = freeformNames(await readFile(path));
  const there = new Set(names);
  return names.flatMap((name) => {
    const upper = name.slice(freeform.length).toUpperCase();
    if (!name.startsWith(freeform) || name === `${freeform}${upper}` || upper === 'INITIALKEY') return [];
    // Of a field that changes the old one goes.
    if (changed.has(upper)) return [name];
    return there.has(`${freeform}${upper}`) ? [] : [`${freeform}${upper}`];
  });
}

const freeform = '----:com.apple.iTunes:';

/** The two builds, each loaded when it's first needed. */
function openFiles() {
  const loaded = new Map<string, Promise<TagLib>>();
  const load = async (forceWasmType: 'wasi' | 'emscripten'): Promise<TagLib> => {
    const { TagLib } = await import('taglib-wasm');
    return TagLib.initialize({ forceWasmType });
  };
  const opener =
    (build: 'wasi' | 'emscripten', options: { partial?: boolean }) =>
    async <T>(path: string, use: (file: AudioFile) => Promise<T>): Promise<T> => {
      const loading = loaded.get(build) ?? load(build);
      loaded.set(build, loading);
      const file = await (await loading).open(path, options);
      try {
        return await use(file);
      } finally {
        file.dispose();
      }
    };
  return { byWasi: opener('wasi', {}), byEmscripten: opener('emscripten', { partial: false }) };
}

/** Names that TagLib has no property for. */
function setForMp4(file: AudioFile, properties: TagFields['properties']): void {
  const { ITUNESADVISORY: advisory, INITIALKEY: key, ...others } = properties;
  file.setProperties(copyOf(others));
  // What Apple's players show an E for.
  if (advisory?.[0] !== undefined) file.setMP4Item('rtng', advisory[0]);
  // TagLib would write it in upper case.
  if (key?.[0] !== undefined) file.setMP4Item('----:com.apple.iTunes:initialkey', key[0]);
}

/** By TagLib's own names: the library gives half of them others, and the lyrics apart. */
async function propertiesOf(file: AudioFile): Promise<Record<string, readonly string[]>> {
  const { PROPERTIES }: TagLibModule = await import('taglib-wasm');
  const names: Readonly<Record<string, { readonly key: string } | undefined>> = PROPERTIES;
  const found: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(file.properties())) {
    if (values !== undefined) found[(names[name]?.key ?? name).toUpperCase()] = values;
  }
  const [lyrics] = file.getLyrics();
  return lyrics === undefined ? found : { ...found, LYRICS: [lyrics.text] };
}

function copyOf(properties: TagFields['properties']): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, [...values]]),
  );
}

function picturesOf(cover: Cover | undefined): readonly TagPicture[] {
  return cover === undefined ? [] : [{ ...cover, type: 'FrontCover', description: 'Cover' }];
}

function asPicture({ mimeType, data, type, description = '' }: TagPicture) {
  // TagLib knows its own words; another one is "Other" to it.
  return { mimeType, data, type: type as 'FrontCover', description };
}
