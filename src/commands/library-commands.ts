import type { Command } from 'commander';
import type { CleanupViewParts } from '../views/cleanup.ts';
import type { DuplicatesViewParts } from '../views/duplicates.ts';
import type { ListSongsParts } from '../views/list-songs.ts';
import type { ConvertViewParts } from '../views/convert.ts';
import type { ScanSongsParts } from '../views/scan-songs.ts';
import type { VerifyViewParts } from '../views/verify.ts';
import { addCleanupCommand } from './library/cleanup.ts';
import { addConvertCommand, type ConvertFlags } from './library/convert.ts';
import { addDuplicatesCommand } from './library/duplicates.ts';
import { addListCommand } from './library/list.ts';
import { addScanCommand } from './library/scan.ts';
import { addVerifyCommand, type VerifyFlags } from './library/verify.ts';
import type { WithParts } from './library/verb.ts';

/** library: what is done to all of it, a file for each verb. */
export function addLibraryCommands(
  program: Command,
  withParts: WithParts<
    CleanupViewParts &
      ConvertViewParts &
      DuplicatesViewParts &
      ListSongsParts &
      ScanSongsParts &
      VerifyViewParts,
    ConvertFlags & VerifyFlags
  >,
): void {
  const library = program.command('library').description('look after your library');
  addListCommand(library, withParts);
  addScanCommand(library, withParts);
  addDuplicatesCommand(library, withParts);
  addVerifyCommand(library, withParts);
  addConvertCommand(library, withParts);
  addCleanupCommand(library, withParts);
}
