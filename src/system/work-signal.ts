import { HarmoniError } from '../errors.ts';

/** One piece of work that Ctrl+C ends. */
export interface WorkSignal {
  readonly signal: AbortSignal;
  done(): void;
}

/** Ctrl+C, a service that is stopped, a terminal window that is closed. */
const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** From here to `done` an interrupt ends this work and not the program. */
export function beginWork(): WorkSignal {
  const work = new AbortController();
  const onInterrupt = (): void =>
    work.abort(new HarmoniError('cancelled', 'Stopped.', { fix: 'Run the same command to start again.' }));
  for (const name of interrupts) process.on(name, onInterrupt);
  return {
    signal: work.signal,
    done() {
      for (const name of interrupts) process.off(name, onInterrupt);
    },
  };
}
