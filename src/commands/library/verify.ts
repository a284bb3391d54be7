import type { Command } from 'commander';
import type { VerifyViewParts } from '../../views/verify.ts';
import { addQueryVerb, type LibraryFlags, type WithParts } from './verb.ts';

export interface VerifyFlags extends LibraryFlags {
  readonly deep?: boolean;
  readonly repair?: boolean;
}

/** library verify */
export function addVerifyCommand(library: Command, withParts: WithParts<VerifyViewParts, VerifyFlags>): void {
  addQueryVerb(library, 'verify', 'find broken, silent and missing songs, and repair them')
    .option('--deep', 'also listen to every song, which takes about a second for each')
    .option('--repair', 'download broken and missing songs again, and update playlists')
    .option('--yes', 'repair without asking (with --repair)')
    .action(
      withParts(async (parts, flags, query) => {
        const { verifyLibrary } = await import('../../views/verify.ts');
        return verifyLibrary(parts, query, {
          isDeep: flags.deep === true,
          isRepair: flags.repair === true,
          isYes: flags.yes === true,
          isAsked: false,
        });
      }),
    );
}
