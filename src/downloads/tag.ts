import { HarmoniError } from '../errors.ts';
import type { TagFields } from './tag-fields.ts';

/** A JPEG or PNG picture. */
export interface Cover {
  readonly mimeType: 'image/jpeg' | 'image/png';
  readonly data: Uint8Array;
}

export interface Tagger {
  /** Writes tags and cover into the file in place. @throws HarmoniError tag-failed */
  write(path: string, fields: TagFields, cover: Cover | undefined): Promise<void>;
}

type TagLib = import('taglib-wasm').TagLib;

/**
 * Tags all six formats by taglib-wasm, loaded at the first file. The WASI build writes everything but the totals
 * ("3/12" becomes 3), so a second pass of the Emscripten build adds them where they are known; that one must see the
 * whole file (`partial: false`) and save once, because a second save on one handle corrupts m4a (1.5.1).
 */
export function createTagger(): Tagger {
  let loadedWasi: Promise<TagLib> | undefined;
  let loadedEmscripten: Promise<TagLib> | undefined;
  const load = async (forceWasmType: 'wasi' | 'emscripten'): Promise<TagLib> => {
    const { TagLib } = await import('taglib-wasm');
    return TagLib.initialize({ forceWasmType });
  };
  // One file at a time: both builds have a single memory.
  let turn: Promise<unknown> = Promise.resolve();

  async function writeAll(path: string, fields: TagFields, cover: Cover | undefined): Promise<void> {
    const wasi = await (loadedWasi ??= load('wasi'));
    const file = await wasi.open(path);
    try {
      file.setProperties(Object.fromEntries(Object.entries(fields.properties).map(([k, v]) => [k, [...v]])));
      if (cover !== undefined) {
        file.setPictures([
          { mimeType: cover.mimeType, data: cover.data, type: 'FrontCover', description: 'Cover' },
        ]);
      }
      await file.saveToFile();
    } finally {
      file.dispose();
    }
    if (fields.trackOfTotal === undefined && fields.discOfTotal === undefined) return;
    const emscripten = await (loadedEmscripten ??= load('emscripten'));
    const again = await emscripten.open(path, { partial: false });
    try {
      if (fields.trackOfTotal !== undefined) again.setProperty('TRACKNUMBER', fields.trackOfTotal);
      if (fields.discOfTotal !== undefined) again.setProperty('DISCNUMBER', fields.discOfTotal);
      await again.saveToFile();
    } finally {
      again.dispose();
    }
  }

  return {
    write(path, fields, cover) {
      const mine = turn.then(() => writeAll(path, fields, cover));
      turn = mine.catch(() => undefined);
      return mine.catch((cause: unknown) => {
        throw new HarmoniError('tag-failed', 'The tags could not be written.', { cause });
      });
    },
  };
}
