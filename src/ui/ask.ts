import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { HarmoniError } from '../errors.ts';
import { watchFrame, type TerminalOutput } from './frame.ts';
import { back, type Back } from './prompter.ts';

/** The two ends of a terminal, or of a test. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: TerminalOutput;
  /** Ends every question with a `cancelled` error. */
  readonly signal?: AbortSignal | undefined;
}

/** How long Esc waits for the rest of an arrow key, in ms. Less than people notice, more than ssh needs. */
const escapeCodeTimeout = 50;

/**
 * readline holds Esc back for half a second, because arrow keys begin with it. The first interface on a stream
 * sets that time for good, so one is made and closed before Inquirer makes its own.
 */
export function makeEscapeQuick(input: NodeJS.ReadableStream): void {
  createInterface({ input, output: new PassThrough(), terminal: true, escapeCodeTimeout }).close();
}

interface PromptContext {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  readonly clearPromptOnDone: boolean;
}

/** A key as readline names it. Who hears of it first may give it another meaning for those who follow. */
export interface Key {
  name?: string | undefined;
  ctrl?: boolean;
}

export interface AskOptions {
  /** The prompt handles Esc itself and calls `leave` when it means it. */
  readonly ownEscape?: boolean;
  /** An answered prompt goes too. */
  readonly leavesNoLine?: boolean;
  /** Withdraws the question. */
  readonly signal?: AbortSignal | undefined;
  /** Sees each key before the prompt does; true when it was meant for nobody else. */
  readonly onKey?: (key: Key, text: string | undefined) => boolean;
  /** Draws the prompt for the size that the terminal has now. */
  readonly redraw?: () => void;
}

/**
 * Runs one Inquirer prompt so that Esc, Ctrl+C, Ctrl+D, a closed input and a withdrawn question all answer `back` and
 * take the prompt off the screen. An answered prompt leaves its line.
 */
export async function askUntilBack<T>(
  terminal: Terminal,
  ask: (context: PromptContext, leave: () => void) => Promise<T>,
  options: AskOptions = {},
): Promise<T | Back> {
  const { ownEscape = false, signal: withdrawn, onKey, redraw } = options;
  const { input, output, signal } = terminal;
  const stopped = () => signal?.aborted === true;
  if (stopped()) throw cancelled(signal?.reason);
  if (!input.readable || withdrawn?.aborted === true) return back;
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  const onKeypress = (text: string | undefined, key: Key) => {
    const stops = key.ctrl === true && (key.name === 'c' || key.name === 'd');
    if (!stops && onKey?.(key, text) === true) return;
    if (stops || (key.name === 'escape' && !ownEscape)) leave();
  };
  const frame = watchFrame(output);
  const onResize = () => {
    frame.clear();
    redraw?.();
  };
  const signals = signal === undefined ? [leaving.signal] : [leaving.signal, signal];
  const context: PromptContext = {
    input,
    output: frame.output,
    signal: AbortSignal.any(signals),
    // Read by Inquirer when the prompt ends: only then is it known how.
    get clearPromptOnDone() {
      return leaving.signal.aborted || options.leavesNoLine === true;
    },
  };
  input.on('keypress', onKeypress);
  input.on('end', leave);
  if (redraw !== undefined) output.on('resize', onResize);
  withdrawn?.addEventListener('abort', leave, { once: true });
  try {
    return await ask(context, leave);
  } catch (error) {
    if (stopped()) throw cancelled(signal?.reason);
    if (leaving.signal.aborted) return back;
    throw error;
  } finally {
    input.removeListener('keypress', onKeypress);
    input.removeListener('end', leave);
    output.removeListener('resize', onResize);
    withdrawn?.removeEventListener('abort', leave);
  }
}

/** Does something between two questions that any key ends, Ctrl+C too. */
export async function untilAnyKey(
  { input, signal }: Terminal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const pressed = new AbortController();
  const stop = () => pressed.abort();
  // It is what makes keys of what is typed, and shows none of it.
  const keys = createInterface({ input, output: new PassThrough(), terminal: true });
  input.on('keypress', stop);
  try {
    await work(AbortSignal.any([pressed.signal, ...(signal === undefined ? [] : [signal])]));
  } finally {
    input.removeListener('keypress', stop);
    keys.close();
  }
}

export function cancelled(cause: unknown): HarmoniError {
  return new HarmoniError('cancelled', 'Stopped.', { cause });
}
