import { chooseFailed } from '../engine/retry.ts';
import { decideTrack, findRedoable } from '../engine/review.ts';
import { HarmoniError } from '../errors.ts';
import type { Store } from '../history/store.ts';
import { askForVideo } from '../views/ask-for-video.ts';
import { takeOthers, type TakeParts } from '../views/redo.ts';
import { runChosen } from '../views/run-chosen.ts';
import { exitCodeOfEnd } from '../views/run-with-progress.ts';
import { scanWithProgress } from '../views/scan-library.ts';
import { mediaOf } from '../providers/providers.ts';

export type RedoCommandParts = TakeParts & { readonly store: Pick<Store, 'failures'> };

/**
 * harmoni review redo "ARTIST - TITLE" [LINK]: another video for a track of the library (or one that waits). The new file
 * is whole and checked before it takes the old one's place; the old one is kept in the trash. Returns the exit code.
 */
export async function runRedo(
  parts: RedoCommandParts,
  text: string,
  link: string | undefined,
): Promise<number> {
  const media = link === undefined ? undefined : mediaOf(parts.providers, link);
  if (link !== undefined && media === undefined) {
    throw new HarmoniError('usage', `"${link}" isn't a link to a single video or track.`, {
      fix: 'Copy its address: https://www.youtube.com/watch?v=... or https://soundcloud.com/ARTIST/TITLE',
    });
  }
  const { store } = parts;
  const library = parts.config.output_dir;
  await scanWithProgress(parts, library);
  const found = await findRedoable(store, library, text);
  if (found === undefined) {
    throw new HarmoniError('usage', `"${text}" isn't in your library.`, {
      fix: 'Enter it as "artist - title", as in its file name, or choose it in the menu.',
    });
  }
  const { track, waiting } = found;
  const decided =
    media === undefined
      ? await askForVideo(parts, { track, has: found.media, uploads: waiting?.uploads ?? [] })
      : { media };
  if (typeof decided !== 'object') return 130;
  decideTrack(store, track, decided.media);
  if (waiting !== undefined && decided.media !== null) {
    const lists = chooseFailed(store.jobs, store.failures.of(waiting.track));
    return exitCodeOfEnd(await runChosen(parts, lists, { accept: 'sure', replace: true }));
  }
  const end = await takeOthers(parts, [{ track, media: decided.media }]);
  if (end !== undefined) return exitCodeOfEnd(end);
  parts.output.document({ lists: [] });
  return 0;
}
