import { basename, dirname, extname, relative } from 'node:path';
import type { JobEnd } from '../downloads/run-job.ts';
import { chooseRedone, redoableFile } from '../engine/review.ts';
import { trashOf } from '../system/trash.ts';
import { sameTrack } from '../tracks/identity.ts';
import { back, type Prompter } from '../ui/prompter.ts';
import type { AskedSong } from './ask-for-video.ts';
import { reviewSongs, type Reviewed, type ReviewSongsParts } from './review-songs.ts';
import { runChosen, type RunChosenParts } from './run-chosen.ts';
import { scanWithProgress } from './scan-library.ts';

/** Choosing for songs, and fetching them. */
export type TakeParts = ReviewSongsParts & RunChosenParts;

export type RedoParts = TakeParts & { readonly prompter: Pick<Prompter, 'pick'> };

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
  const songs: AskedSong[] = [];
  for (const file of ticked) {
    const { track, media } = await redoableFile(store.jobs, file);
    // Two files of one song are both replaced by one choice.
    if (!songs.some((one) => sameTrack(one.track, track))) songs.push({ track, has: media });
  }
  await takeOthers(parts, await reviewSongs(parts, songs, async (reviewed) => reviewed));
}

/**
 * Downloads what was chosen; in the library each takes the place of what was there. undefined comes back when nothing is
 * to be fetched.
 */
export async function takeOthers(parts: TakeParts, taken: readonly Reviewed[]): Promise<JobEnd | undefined> {
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
