import { HarmoniError } from '../errors.ts';

/** One piece of work that Ctrl+C ends. */
export interface WorkSignal {
  readonly signal: AbortSignal;
  done(): void;
}

/** From here to `done` Ctrl+C (or SIGTERM) ends this work and not the program. */
export function beginWork(): WorkSignal {
  const work = new AbortController();
  const onInterrupt = (): void =>
    work.abort(new HarmoniError('cancelled', 'Stopped.', { fix: 'Run the same command to start again.' }));
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return {
    signal: work.signal,
    done() {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    },
  };
}
