import type { FileIndex, IndexedFile } from '../history/file-index.ts';
import type { Override, Overrides } from '../history/overrides.ts';
import { countsFor } from '../history/indexed-file.ts';
import { isBelow } from '../system/files.ts';
import { createTrackMap } from '../tracks/identity.ts';
import type { Track } from '../tracks/track.ts';
import { isOtherVideo } from './replace.ts';
import type { JobSettings } from './settings.ts';

/** Which files count, and which give way. */
export type PresenceSettings = Pick<JobSettings, 'outputDir' | 'replace' | 'reformat' | 'format'>;

/** What a file of the library is for a track that it holds. */
export type Standing = 'right' | 'gives way' | 'left alone';

/**
 * What the library has of a track: every file that counts for the output folder and holds it, with what it is for it. A track is
 * present when one is right. The plan and the job both ask here. Pure.
 * @param files those that hold the track, wherever they lie
 */
export function presenceOf(
  files: readonly IndexedFile[],
  decided: Pick<Override, 'media'> | undefined,
  settings: PresenceSettings,
): readonly { readonly file: IndexedFile; readonly standing: Standing }[] {
  return files
    .filter((file) => countsFor(file, settings.outputDir))
    .map((file) => ({ file, standing: standingIn(file, decided, settings) }));
}

/** What the library has, asked for thousands of tracks: by the index and the decisions as they are now. */
export interface Presence {
  readonly isPresent: (track: Track) => boolean;
  /** Whether the file at a path holds this track. */
  readonly holds: (path: string, track: Track) => boolean;
}

export function presenceIn(
  store: { readonly files: Pick<FileIndex, 'finderBelow'>; readonly overrides: Pick<Overrides, 'all'> },
  settings: PresenceSettings,
  isLeftOut: (file: IndexedFile) => boolean = () => false,
): Presence {
  const find = store.files.finderBelow(settings.outputDir);
  const decided = createTrackMap<Override>();
  // The newest first: it's the one that holds.
  const decisions = store.overrides.all().toReversed();
  for (const decision of decisions) decided.set(decision.track, decision);
  return {
    isPresent(track) {
      for (const file of find(track)) {
        const decision = decisions.length === 0 ? undefined : decided.get(track);
        if (!isLeftOut(file) && standingIn(file, decision, settings) === 'right') return true;
      }
      return false;
    },
    holds(path, track) {
      for (const file of find(track)) if (file.path === path) return true;
      return false;
    },
  };
}

/** Nothing outside the library ever gives way. */
function standingIn(
  file: IndexedFile,
  decided: Pick<Override, 'media'> | undefined,
  settings: PresenceSettings,
): Standing {
  const standing = standingOf(file, decided, settings);
  return standing === 'gives way' && !isBelow(file.path, settings.outputDir) ? 'left alone' : standing;
}

/**
 * What HARMONI made gives way when it is broken, when the user chose another video, and where another format was asked
 * for in so many words. A broken file of the user's own is left alone, and does not count. Pure.
 */
export function standingOf(
  file: IndexedFile,
  decided: Pick<Override, 'media'> | undefined,
  settings: Pick<JobSettings, 'replace' | 'reformat' | 'format'>,
): Standing {
  if (file.fault !== undefined) return file.downloaded ? 'gives way' : 'left alone';
  if (isOtherVideo(file, decided, settings.replace)) return 'gives way';
  const isOtherFormat = settings.format !== 'best' && file.format !== settings.format;
  return settings.reformat && isOtherFormat && file.downloaded ? 'gives way' : 'right';
}
