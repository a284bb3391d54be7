import { basename, dirname, extname, relative } from 'node:path';
import type { App } from '../app.ts';
import { HarmoniError } from '../errors.ts';
import { trackOfFile } from '../library/read-track.ts';
import { askForVideo, nameOf } from '../menus/review.ts';
import { isBelow } from '../system/files.ts';
import { sameTrack, trackKeys } from '../tracks/identity.ts';
import type { JobEnd } from '../downloads/run-job.ts';
import type { Track } from '../tracks/track.ts';
import { back } from '../ui/prompter.ts';
import { youtubeIdOf } from '../youtube/links.ts';
import type { Chosen } from './choose-tracks.ts';
import { titleOf } from './download.ts';
import { chosenOf } from './retry.ts';
import { keysOfText } from './review-choices.ts';
import { createJob, exitCodeOfReport, runWithProgress, scanned } from './run-downloads.ts';

/**
 * harmoni review redo "ARTIST - TITLE" [LINK]: another video for a track of the library (or one that waits). The new file
 * is whole and checked before it takes the old one's place; the old one is kept in the trash. Returns the exit code.
 */
export async function redo(app: App, text: string, link: string | undefined): Promise<number> {
  const videoId = link === undefined ? undefined : youtubeIdOf(link.trim());
  if (link !== undefined && videoId === undefined) {
    throw new HarmoniError('usage', `"${link}" is no link of one YouTube video.`, {
      fix: 'Copy the address of the video: https://www.youtube.com/watch?v=...',
    });
  }
  await scanned(app, app.paths.output);
  const keys = keysOfText(text);
  const file = app.store.files.findByKeys(keys).find(({ path }) => isBelow(path, app.paths.output));
  const waiting = app.store.failures
    .all()
    .find(({ track }) => trackKeys(track).some((key) => keys.includes(key)));
  const track = file === undefined ? waiting?.track : await trackInLibrary(app, file.path);
  if (track === undefined) {
    throw new HarmoniError('usage', `"${text}" is not in the library.`, {
      fix: 'Give it as the file is called, "artist - title", or use the menu, which lists all of them.',
    });
  }
  const decided = videoId === undefined ? await askForVideo(app, track, '', file?.videoId) : { videoId };
  if (decided === back || decided === 'skip') return 130;
  if (file === undefined && waiting !== undefined && decided.videoId !== null) {
    app.store.overrides.set(track, decided.videoId);
    return downloadDecided(app, chosenOf(app, app.store.failures.of(waiting.track)));
  }
  return take(app, [{ track, videoId: decided.videoId }]);
}

/** The menu's way: tick songs of the library, then choose for each. */
export async function redoFromLibrary(app: App): Promise<void> {
  const { prompter, store, paths } = app;
  await scanned(app, paths.output);
  const files = store.files
    .filesBelow(paths.output)
    .map(({ path }) => path)
    .sort();
  if (files.length === 0) {
    prompter.say('The library is empty.');
    return;
  }
  const ticked = await prompter.pick({
    message: 'Which songs are wrong?',
    rows: files.map((path) => ({
      value: path,
      name: basename(path, extname(path)),
      checked: false,
      mark: relative(paths.output, dirname(path)),
    })),
  });
  if (ticked === back) return;
  const taken: Taken[] = [];
  for (const path of ticked) {
    const track = await trackInLibrary(app, path);
    // Two files of one song are both replaced by one choice.
    if (taken.some((one) => sameTrack(one.track, track))) continue;
    const decided = await askForVideo(app, track, '', store.files.get(path)?.videoId);
    if (decided === back) break;
    if (decided !== 'skip') taken.push({ track, videoId: decided.videoId });
  }
  await take(app, taken);
}

interface Taken {
  readonly track: Track;
  readonly videoId: string | null;
}

/** Remembers the choices and downloads them; in the library each takes the place of what was there. */
async function take(app: App, taken: readonly Taken[]): Promise<number> {
  for (const { track, videoId } of taken) app.store.overrides.set(track, videoId);
  const tracks = taken.filter(({ videoId }) => videoId !== null).map(({ track }) => track);
  const [first] = tracks;
  if (first === undefined) {
    if (taken.length > 0) app.output.say('Remembered. The file stays as it is.');
    app.output.document({ lists: [] });
    return 0;
  }
  const name = tracks.length === 1 ? nameOf(first) : 'Other matches';
  const list = { name, tracks, skipped: [], folder: 'library' as const };
  const { report, stoppedBy } = await runDecided(app, [{ list, chosen: tracks.map(() => true) }]);
  if (report.summary.done > 0) app.output.say(`What it replaced is kept in ${app.downloadDeps().trashDir}`);
  return exitCodeOfReport(report, stoppedBy);
}

/** Downloads tracks whose videos the user chose just now; they take the place of what is there. */
export async function downloadDecided(app: App, lists: readonly Chosen[]): Promise<number> {
  const { report, stoppedBy } = await runDecided(app, lists);
  return exitCodeOfReport(report, stoppedBy);
}

async function runDecided(app: App, lists: readonly Chosen[]): Promise<JobEnd> {
  await scanned(app, app.paths.output);
  const job = createJob(app, lists, { accept: 'sure', replace: true });
  return runWithProgress(app, job, titleOf(lists.map(({ list }) => list)));
}

/** What the list knew of the track that a file is, and else what its tags say. */
async function trackInLibrary(app: App, path: string): Promise<Track> {
  const tagged = await trackOfFile(path);
  return app.store.jobs.tracksTitled(tagged.track).find((track) => sameTrack(track, tagged)) ?? tagged;
}
