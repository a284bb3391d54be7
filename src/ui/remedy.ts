import type { HarmoniError } from '../errors.ts';

/**
 * What to do about a failure that ended a command or a menu item: there is no song to retry, as the remedies of the table
 * say, but the whole of it to be done again. Pure.
 */
export function remedyOf({ fix }: Pick<HarmoniError, 'fix'>): string {
  return fix.replace(/\brun harmoni retry\b/, 'try again').replace(/\bRun harmoni retry\b/, 'Try again');
}
