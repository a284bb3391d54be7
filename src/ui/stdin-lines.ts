import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';

/**
 * Reads lines of a pipe, one at a time and only while one is asked for: a stream that is being read keeps the program
 * alive. Undefined at the end of the input, or when the signal is aborted first.
 */
export function createLineReader(
  input: NodeJS.ReadableStream & { ref?(): unknown; unref?(): unknown },
): (signal: AbortSignal) => Promise<string | undefined> {
  const waiting: string[] = [];
  return async (signal) => {
    const first = waiting.shift();
    if (first !== undefined || signal.aborted || !input.readable) return first;
    input.ref?.();
    const lines = createInterface({ input, crlfDelay: Infinity });
    return new Promise((resolve) => {
      const stop = (): void => lines.close();
      signal.addEventListener('abort', stop, { once: true });
      // What came in the same piece is kept for the next question.
      lines.on('line', (line) => {
        waiting.push(line);
        lines.close();
      });
      lines.on('close', () => {
        signal.removeEventListener('abort', stop);
        input.pause();
        // A pipe that stays open would hold the program even while nobody reads it.
        input.unref?.();
        resolve(waiting.shift());
      });
    });
  };
}

/** A line that the terminal doesn't show while it's typed. Undefined at Ctrl+C, Ctrl+D, and when the signal is aborted. */
export async function readHiddenLine(
  input: NodeJS.ReadableStream,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (signal.aborted || !input.readable) return undefined;
  const lines = createInterface({ input, output: new PassThrough(), terminal: true });
  return new Promise((resolve) => {
    const stop = (): void => lines.close();
    signal.addEventListener('abort', stop, { once: true });
    lines.on('SIGINT', stop);
    lines.on('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.on('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(undefined);
    });
  });
}
