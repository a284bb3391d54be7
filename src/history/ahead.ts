import type { FileFacts } from '../system/file-facts.ts';
import { sha256 } from '../system/files.ts';
import { factsBefore } from './retagged.ts';
import type { Change, Way } from './way-back.ts';

/**
 * Where to look for what will be at a path: somewhere on the disk now, nowhere, or in a text of this hash; or a file that
 * is like this one.
 */
export type Place = string | undefined | { readonly sha256: string | undefined } | FileFacts;

/** The library as it will be after the changes that are taken back before. */
export interface Ahead {
  at(path: string): Place;
  /** A change will have been taken back in this way. */
  note(change: Change, way: Way): void;
}

/** The moves of a run free one another's places, so its changes are planned one after the other. Pure. */
export function createAhead(): Ahead {
  const places = new Map<string, Place>();
  const at = (path: string): Place => (places.has(path) ? places.get(path) : path);
  return {
    at,
    note({ path, from, kept, content }, way) {
      const moved = at(path);
      if (way === 'restore' || way === 'swap') places.set(path, kept);
      else if (way === 'rewrite') places.set(path, { sha256: content && sha256(content) });
      else if (way === 'retag') places.set(path, content && factsBefore(content));
      else if (way !== 'renew' && way !== 'disown') places.set(path, undefined);
      if (from !== undefined && way === 'move') places.set(from, moved);
    },
  };
}
