import { lstat } from 'node:fs/promises';
import { extname } from 'node:path';
import { isOneEntry } from '../system/file-facts.ts';
import { exists } from '../system/files.ts';
import { audioExtensions } from '../tracks/audio-extensions.ts';

/**
 * Sidecars: files beside a song that players find by its name, all of them lyrics. HARMONI writes .lrc, and the others
 * may be the user's own. A sidecar moves, is renamed and goes to the trash with its song.
 */
const sidecarExtensions = ['.lrc', '.elrc', '.ttml', '.srt', '.txt'];

/** Whether a file of this name is a sidecar, where a song of the same name lies. Pure. */
export function isSidecar(name: string): boolean {
  return sidecarExtensions.includes(extname(name).toLowerCase());
}

/** A path without its extension, which a song and its sidecars share. Pure. */
export function stemOf(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}

const coverNames = /^(?:cover|folder|front|albumart)\.(?:jpe?g|png|webp)$/i;

/** Whether players take a file of this name for the cover of all songs in its folder. Pure. */
export function isCoverName(name: string): boolean {
  return coverNames.test(name);
}

/** Where a song's .lrc file is. Pure. */
export function lrcOf(song: string): string {
  return sidecarAt(song, '.lrc');
}

/** Where a sidecar goes when its song goes to `song`; its extension is spelled as before. Pure. */
export function sidecarAt(song: string, sidecar: string): string {
  return `${stemOf(song)}${extname(sidecar) || sidecar}`;
}

/**
 * The sidecars that lie beside a song, whoever wrote them; links are none. Where another song of the same name lies there
 * ("Song.mp3" and "Song.opus"), they belong to both, and none is returned: they stay with that one.
 */
export async function sidecarsOf(song: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const extension of sidecarExtensions) {
    // On a disk that doesn't tell the two apart, they're one file.
    for (const spelled of [extension, extension.toUpperCase()]) {
      const path = `${stemOf(song)}${spelled}`;
      if ((await lstat(path).catch(() => undefined))?.isFile() !== true) continue;
      if (!(await isOneOf(found, path))) found.push(path);
    }
  }
  // Most songs have none, and nothing else is looked for then.
  return found.length === 0 || (await isShared(song)) ? [] : found;
}

async function isOneOf(paths: readonly string[], path: string): Promise<boolean> {
  for (const other of paths) if (await isOneEntry(other, path)) return true;
  return false;
}

/** Whether another song beside it has the same name. */
export async function isShared(song: string): Promise<boolean> {
  for (const extension of audioExtensions) {
    if (extension !== extname(song).toLowerCase() && (await exists(`${stemOf(song)}${extension}`)))
      return true;
  }
  return false;
}
