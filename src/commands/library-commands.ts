import type { Command } from 'commander';
import type { ExportFlags } from '../engine/export-wish.ts';
import type { CleanupViewParts } from '../views/cleanup.ts';
import type { DuplicatesViewParts } from '../views/duplicates.ts';
import type { EnrichViewParts } from '../views/enrich-library.ts';
import type { ExportParts } from '../views/export-library.ts';
import type { ListSongsParts } from '../views/list-songs.ts';
import type { ConvertViewParts } from '../views/convert.ts';
import type { OrganiseViewParts } from '../views/organise.ts';
import type { ScanSongsParts } from '../views/scan-songs.ts';
import type { StatisticsFlags, StatisticsParts } from '../views/statistics.ts';
import type { VerifyViewParts } from '../views/verify.ts';
import { addCleanupCommand } from './library/cleanup.ts';
import { addConvertCommand, type ConvertFlags } from './library/convert.ts';
import { addDuplicatesCommand } from './library/duplicates.ts';
import { addEnrichCommand, type EnrichFlags } from './library/enrich.ts';
import { addExportCommand } from './library/export.ts';
import { addListCommand } from './library/list.ts';
import { addOrganiseCommand } from './library/organise.ts';
import { addScanCommand } from './library/scan.ts';
import { addStatsCommand } from './library/stats.ts';
import { addVerifyCommand, type VerifyFlags } from './library/verify.ts';
import type { LibraryFlags, WithParts } from './library/verb.ts';

type LibraryParts = CleanupViewParts &
  ConvertViewParts &
  DuplicatesViewParts &
  EnrichViewParts &
  ExportParts &
  ListSongsParts &
  OrganiseViewParts &
  ScanSongsParts &
  StatisticsParts &
  VerifyViewParts;

type Flags = LibraryFlags & ConvertFlags & EnrichFlags & ExportFlags & StatisticsFlags & VerifyFlags;

/** library: what is done to all of it, a file for each verb; and verify. */
export function addLibraryCommands(program: Command, withParts: WithParts<LibraryParts, Flags>): void {
  const library = program.command('library').description('look after your library');
  addListCommand(library, withParts);
  addStatsCommand(library, withParts);
  addScanCommand(library, withParts);
  addEnrichCommand(library, withParts);
  addDuplicatesCommand(library, withParts);
  addVerifyCommand(library, withParts);
  addConvertCommand(library, withParts);
  addOrganiseCommand(library, withParts);
  addExportCommand(library, withParts);
  addCleanupCommand(library, withParts);
  // It's looked for here, too.
  addVerifyCommand(program, withParts);
}
