import { basename, dirname, extname, relative } from 'node:path';
import type { JobEnd } from '../downloads/run-job.ts';
import { chooseRedone, redoableFile } from '../engine/review.ts';
import type { Store } from '../history/store.ts';
import { trashOf } from '../system/trash.ts';
import { sameTrack } from '../tracks/identity.ts';
import type { Media } from '../tracks/media.ts';
import type { Track } from '../tracks/track.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import { askForVideo, type AskForVideoParts } from './ask-for-video.ts';
import { runChosen, type RunChosenParts } from './run-chosen.ts';
import { scanWithProgress } from './scan-library.ts';

/** Choosing for one song, and fetching it. */
export type TakeParts = AskForVideoParts & RunChosenParts & { readonly store: Pick<Store, 'overrides'> };

export type RedoParts = TakeParts & { readonly prompter: Pick<Prompter, 'pick'> };

/** A song and the video that it is to be from; null: none of them is right. */
export interface Taken {
  readonly track: Track;
  readonly media: Media | null;
}

/** The songs of the library to tick, then a choice for each. */
export async function redoFromLibrary(parts: RedoParts): Promise<void> {
  const { prompter, store } = parts;
  const library = parts.config.output_dir;
  await scanWithProgress(parts, library);
  const files = store.files.filesBelow(library).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  if (files.length === 0) {
    prompter.say('Your library is empty.');
    return;
  }
  const ticked = await prompter.pick({
    message: 'Which songs are wrong?',
    rows: files.map((file) => ({
      value: file,
      name: basename(file.path, extname(file.path)),
      checked: false,
      mark: relative(library, dirname(file.path)),
    })),
  });
  if (ticked === back) return;
  const taken: Taken[] = [];
  for (const file of ticked) {
    const { track, media } = await redoableFile(store.jobs, file);
    // Two files of one song are both replaced by one choice.
    if (taken.some((one) => sameTrack(one.track, track))) continue;
    const decided = await askForVideo(parts, track, '', { has: media });
    if (decided === back) break;
    if (decided !== 'skip') taken.push({ track, media: decided.media });
  }
  await takeOthers(parts, taken);
}

/**
 * Remembers the choices and downloads them; in the library each takes the place of what was there. undefined comes back
 * when nothing is to be fetched.
 */
export async function takeOthers(parts: TakeParts, taken: readonly Taken[]): Promise<JobEnd | undefined> {
  for (const { track, media } of taken) parts.store.overrides.set(track, media);
  const tracks = taken.filter(({ media }) => media !== null).map(({ track }) => track);
  if (tracks.length === 0) {
    if (taken.length > 0) parts.output.say('Saved your choice. The file is unchanged.');
    return undefined;
  }
  const end = await runChosen(parts, [chooseRedone(tracks)], { accept: 'sure', replace: true });
  if (end.report.summary.done > 0)
    parts.output.say(`The replaced files are in ${trashOf(parts.config.output_dir)}`);
  return end;
}
