import type { HarmoniError } from '../errors.ts';

/** What to do about an error that ended work on the library: it is no download, and goes on by the same command. Pure. */
export function fixOf({ code, fix }: Pick<HarmoniError, 'code' | 'fix'>): string {
  if (code === 'disk-full') return 'Free up some space, then run the same command again.';
  if (code === 'output-not-writable')
    return 'Make sure you can write there, then run the same command again.';
  return fix;
}
