import { join } from 'node:path';
import type { App } from '../app.ts';
import { locateFfmpeg, locateYtDlp } from '../doctor/tools.ts';
import { tryLock, type HeldLock } from '../system/lock.ts';

const lookAgainMs = 500;

/** What the set-up needs of the app. */
export type SetUpParts = Pick<App, 'beginWork' | 'clock' | 'progress'> & {
  readonly tools: Pick<App['tools'], 'places'>;
};

/**
 * Gets yt-dlp and ffmpeg where start.sh hasn't: the npm package, when a command needs them for the first time. A second
 * HARMONI waits for the first and then finds what that one got. What can't be had is said by `fetch`, and the caller
 * fails with its own sentence. @throws the reason of an interrupt
 */
export async function setUpTools(
  app: SetUpParts,
  fetch: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const work = app.beginWork();
  try {
    const lock = await takeTurn(app, work.signal);
    try {
      const { ytDlp, ffmpeg } = app.tools.places();
      const found = [await locateYtDlp(ytDlp), await locateFfmpeg(ffmpeg)];
      if (found.every((tool) => tool !== undefined)) return;
      app.progress.print('Setting up HARMONI. This happens only once.');
      await fetch(work.signal);
    } finally {
      lock.release();
    }
  } finally {
    work.done();
  }
}

async function takeTurn(app: SetUpParts, signal: AbortSignal): Promise<HeldLock> {
  const path = join(app.tools.places().ytDlp.toolsDir, 'set-up.lock');
  for (let first = true; ; first = false) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    if (first) app.progress.print('Another start is setting up HARMONI. Waiting for it ...');
    await app.clock.sleep(lookAgainMs, signal);
  }
}
