import { HarmoniError } from '../errors.ts';
import { endForSure } from './end-for-sure.ts';

/** One piece of work that Ctrl+C ends. */
export interface WorkSignal {
  readonly signal: AbortSignal;
  done(): void;
}

/** Ctrl+C, a service that is stopped, a terminal window that is closed. */
const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl+C may arrive twice: from the terminal, and passed on by npm or a shell. In ms. */
const sameInterruptMs = 150;

/** The piece of work under way: a whole command, or one item of a menu. */
let current: AbortController | undefined;
let abortedAtMs = 0;
let watched = false;

/**
 * From here on no interrupt is lost, whatever the program is doing: it ends the work under way, and the program itself
 * when there is none or when the work was told to end before. What is left open then is swept up by the next start;
 * children are ended by the exit handler of `process.ts`.
 */
export function watchInterrupts(): void {
  if (watched) return;
  watched = true;
  for (const name of interrupts) process.on(name, interrupt);
}

/** Takes SIGHUP for something else; false where it's an interrupt after all. */
let takeHangup: (() => boolean) | undefined;

/** From here to the call of what it returns, SIGHUP is asked about first: services re-read their settings by it. */
export function onHangup(take: () => boolean): () => void {
  takeHangup = take;
  return () => {
    if (takeHangup === take) takeHangup = undefined;
  };
}

function interrupt(name: NodeJS.Signals): void {
  if (name === 'SIGHUP' && takeHangup?.() === true) return;
  const nowMs = performance.now();
  if (current?.signal.aborted === false) {
    abortedAtMs = nowMs;
    current.abort(new HarmoniError('cancelled', 'Stopped.', { fix: 'Run the same command to start again.' }));
  } else if (current === undefined || nowMs - abortedAtMs > sameInterruptMs) {
    endForSure();
    process.exit(130);
  }
}

/**
 * From here to `done` an interrupt ends this work and not the program. Work within other work is a part of it: it
 * shares the signal, and does not begin once that was aborted.
 * @throws HarmoniError cancelled when the work that this is a part of was told to end
 */
export function beginWork(): WorkSignal {
  watchInterrupts();
  if (current !== undefined) {
    const { signal } = current;
    signal.throwIfAborted();
    return { signal, done: () => undefined };
  }
  const work = new AbortController();
  current = work;
  return {
    signal: work.signal,
    done() {
      if (current === work) current = undefined;
    },
  };
}

/** The signal of the work under way, for questions that are asked in it. */
export function currentWorkSignal(): AbortSignal | undefined {
  return current?.signal;
}
