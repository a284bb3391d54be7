import { join } from 'node:path';
import type { Clock } from '../system/clock.ts';
import { tryLock, type HeldLock } from '../system/lock.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import type { Progress } from '../ui/progress.ts';
import type { ToolBox } from './tool-box.ts';
import { locateFfmpeg, locateYtDlp } from './tools.ts';

const lookAgainMs = 500;

export interface SetUpParts {
  readonly tools: Pick<ToolBox, 'places'>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly progress: Progress;
  readonly beginWork: () => WorkSignal;
}

/**
 * Gets yt-dlp and ffmpeg where start.sh hasn't: the npm package, when a command needs them for the first time. A second
 * HARMONI waits for the first and then finds what that one got. What can't be had is said by `fetch`, and the caller
 * fails with its own sentence. @throws the reason of an interrupt
 */
export async function setUpTools(
  parts: SetUpParts,
  fetch: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const work = parts.beginWork();
  try {
    const lock = await takeTurn(parts, work.signal);
    try {
      const { ytDlp, ffmpeg } = parts.tools.places();
      const found = [await locateYtDlp(ytDlp), await locateFfmpeg(ffmpeg)];
      if (found.every((tool) => tool !== undefined)) return;
      parts.progress.print('Setting up HARMONI. This happens only once.');
      await fetch(work.signal);
    } finally {
      lock.release();
    }
  } finally {
    work.done();
  }
}

async function takeTurn(parts: SetUpParts, signal: AbortSignal): Promise<HeldLock> {
  const path = join(parts.tools.places().ytDlp.toolsDir, 'set-up.lock');
  for (let first = true; ; first = false) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    if (first) parts.progress.print('Another start is setting up HARMONI. Waiting for it ...');
    await parts.clock.sleep(lookAgainMs, signal);
  }
}
