import type { Command } from 'commander';
import type { VerifyViewParts } from '../../views/verify.ts';
import { addQueryVerb, includesOwn, type LibraryFlags, type OwnFlags, type WithParts } from './verb.ts';

export interface VerifyFlags extends LibraryFlags, OwnFlags {
  readonly ear?: boolean;
  readonly deep?: boolean;
  readonly repair?: boolean;
}

/** library verify, and verify. */
export function addVerifyCommand(library: Command, withParts: WithParts<VerifyViewParts, VerifyFlags>): void {
  addQueryVerb(library, 'verify', 'find broken, silent and missing songs, and repair them')
    .option('--deep', 'also listen to every song, which takes about a second for each')
    .option('--ear', 'also compare songs with official previews from Deezer, to find wrong recordings')
    .option('--all', "with --ear: also files that HARMONI didn't download")
    .option(
      '--repair',
      'download broken and missing songs again, and update playlists; with --ear, also choose other matches for wrong recordings',
    )
    .option('--yes', 'repair without asking (with --repair)')
    .action(
      withParts(async (parts, flags, query) => {
        const { verifyLibrary } = await import('../../views/verify.ts');
        return verifyLibrary(parts, query, {
          isDeep: flags.deep === true,
          ear: flags.ear === true ? { includeOwn: includesOwn(flags, query) } : undefined,
          isRepair: flags.repair === true,
          isYes: flags.yes === true,
          isAsked: false,
        });
      }),
    );
}
