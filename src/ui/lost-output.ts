import { errnoOf } from '../errors.ts';

let watched = false;

/**
 * Keeps the program alive when its output goes nowhere any more: a pipe that was closed (`| head -1`), a full disk, a
 * terminal that is gone. The work goes on to its end. Results that did not fit were not delivered, so the exit code is
 * then 1 at least; whoever closed the pipe had enough, which is no failure, and texts on stderr are no results.
 */
export function surviveLostOutput(): void {
  if (watched) return;
  watched = true;
  let lost = false;
  process.stdout.on('error', (error: Error) => {
    const code = errnoOf(error);
    if (lost || nobodyReads.has(code)) return;
    lost = true;
    process.once('exit', (code) => {
      if (code === 0) process.exitCode = 1;
    });
    const reason = code === 'ENOSPC' ? 'no space left' : code || error.message;
    process.stderr.write(`Couldn't write the output: ${reason}.\n`);
  });
  process.stderr.on('error', () => undefined);
}

/** The reader had enough, or the terminal is closed. */
const nobodyReads: ReadonlySet<string> = new Set(['EPIPE', 'EIO', 'ECONNRESET']);
