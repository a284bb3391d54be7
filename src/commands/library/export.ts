import { Option, type Command } from 'commander';
import { exportFormats, exportKinds, type ExportFlags } from '../../engine/export-wish.ts';
import type { ExportParts } from '../../views/export-library.ts';
import { addQueryVerb, type LibraryFlags, type WithParts } from './verb.ts';

/** library export */
export function addExportCommand(
  library: Command,
  withParts: WithParts<ExportParts, LibraryFlags & ExportFlags>,
): void {
  addQueryVerb(library, 'export', 'write the songs of your library, or those it lacks, into a file')
    .option('--to <path>', 'the file, or a folder for it (default: data/export)')
    .addOption(
      new Option(
        '--as <format>',
        'json, csv (as Exportify writes it), or m3u (a file for each playlist)',
      ).choices(exportFormats),
    )
    .addOption(
      new Option(
        '--what <songs>',
        'library, the missing songs of your playlists with the reason, or all songs of your playlists',
      )
        .choices(exportKinds)
        .default('library'),
    )
    .action(
      withParts(async (parts, flags, query) =>
        (await import('../../views/export-library.ts')).exportLibrary(parts, flags, query),
      ),
    );
}
