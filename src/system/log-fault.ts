import { dataDirOf, logPathOf } from '../config/config-path.ts';
import type { HarmoniError } from '../errors.ts';
import { systemClock } from './clock.ts';
import { createLog } from './log.ts';

/**
 * Puts a fault of HARMONI itself into the log, with the stack: its remedy says that the details are there. Other failures
 * are no faults and leave no line.
 */
export function logFault({ code, message, cause }: HarmoniError, env: NodeJS.ProcessEnv): void {
  if (code !== 'internal') return;
  const stack = cause instanceof Error ? cause.stack : undefined;
  createLog(logPathOf(dataDirOf(env)), 'error', () => systemClock.now()).write('error', message, {
    code,
    ...(stack === undefined ? {} : { stack }),
  });
}
