import type { Source } from './source.ts';
import { readText } from './read-lists.ts';

/** What is piped or pasted into the program; `Stdin` is told that it is waited for. */
export interface Stdin {
  /** Its bytes to their end. A terminal is told how to end them. */
  readonly readStdin: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
}

/** "-": the list comes from standard input, in any format that a file may have. */
export function createPipedList({ readStdin }: Stdin): Source {
  return {
    kind: 'a list from standard input',
    accepts: (input) => input === '-',
    async read(_input, options) {
      const stdin = { name: 'Your list', path: '', open: readStdin };
      const lists = await readText(stdin, options);
      // It has no place that it could be known by again.
      return lists.map(({ name, tracks, skipped, folder }) => ({
        name: name === stdin.name ? 'Pasted list' : name,
        tracks,
        skipped,
        folder,
      }));
    },
  };
}
