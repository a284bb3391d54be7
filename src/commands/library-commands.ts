import type { Command } from 'commander';
import type { CleanupViewParts } from '../views/cleanup.ts';
import type { DuplicatesViewParts } from '../views/duplicates.ts';
import type { EnrichViewParts } from '../views/enrich-library.ts';
import type { ListSongsParts } from '../views/list-songs.ts';
import type { ScanSongsParts } from '../views/scan-songs.ts';
import { addCleanupCommand } from './library/cleanup.ts';
import { addDuplicatesCommand } from './library/duplicates.ts';
import { addEnrichCommand } from './library/enrich.ts';
import { addListCommand } from './library/list.ts';
import { addScanCommand } from './library/scan.ts';
import type { WithParts } from './library/verb.ts';

/** library: what is done to all of it, a file for each verb. */
export function addLibraryCommands(
  program: Command,
  withParts: WithParts<
    CleanupViewParts & DuplicatesViewParts & EnrichViewParts & ListSongsParts & ScanSongsParts
  >,
): void {
  const library = program.command('library').description('look after your library');
  addListCommand(library, withParts);
  addScanCommand(library, withParts);
  addEnrichCommand(library, withParts);
  addDuplicatesCommand(library, withParts);
  addCleanupCommand(library, withParts);
}
