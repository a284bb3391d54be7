import { ReadStream } from 'node:tty';

/**
 * Reads all of standard input. A terminal is told how to end it, and can be asked again afterwards: what ends is a stream
 * of its own.
 * @param tell says a line to the user
 */
export function createStdinReader(
  stdin: NodeJS.ReadStream & { readonly fd: number },
  tell: (line: string) => void,
): (signal: AbortSignal) => AsyncGenerator<Uint8Array> {
  return async function* (signal) {
    signal.throwIfAborted();
    const isTerminal = stdin.isTTY;
    if (isTerminal) tell(hintFor(process.platform));
    const input: NodeJS.ReadStream = isTerminal ? new ReadStream(stdin.fd) : stdin;
    const stop = (): void => void input.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      // A stream without an encoding gives Buffers.
      for await (const chunk of input as AsyncIterable<Uint8Array>) yield chunk;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
  };
}

function hintFor(platform: NodeJS.Platform): string {
  const end = platform === 'win32' ? 'press Ctrl+Z, then Enter' : 'press Ctrl+D';
  return `Paste your list. When it's complete, ${end} on an empty line.`;
}
