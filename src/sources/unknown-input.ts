import { dirname } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { kindOfPath } from './read-file.ts';
import type { Source } from './source.ts';

const url = /^(?:[a-z][a-z0-9+.-]*:\/\/|spotify:|www\.|mailto:)|^(?:open\.)?spotify\.com\//i;
const path = /^(?:~|\.{0,2}[\\/]|[a-z]:[\\/])|\.(?:csv|json|zip|txt|tsv|m3u8?|xlsx?|ods|xspf)$/i;

/**
 * Links of other services, files of other kinds and paths with a typing error: accepted to be refused with the reason,
 * so that none of them is searched for as the title of a song.
 */
export const unknownInput: Source = {
  kind: "a link or a path that HARMONI can't read",
  accepts: async (input) => url.test(input) || path.test(input) || (await isNearPath(input)),
  async read(input) {
    if (url.test(input)) throw new HarmoniError('source-not-understood', `HARMONI can't read ${input}.`);
    if ((await kindOfPath(input)) === 'nothing') {
      throw new HarmoniError('source-not-found', `There's no file or folder ${input}.`);
    }
    throw new HarmoniError('source-not-understood', `${input} isn't a kind of file HARMONI can read.`);
  },
};

/** Something on the disk, or something missing in a folder that is there ("data/exportfy"); "AC/DC" is neither. */
async function isNearPath(input: string): Promise<boolean> {
  if ((await kindOfPath(input)) !== 'nothing') return true;
  const above = dirname(input);
  return above !== '.' && !/\s[-–—]\s/.test(input) && (await kindOfPath(above)) === 'folder';
}
