import type { Command } from 'commander';
import type { ScanSongsParts } from '../../views/scan-songs.ts';
import { addQueryVerb, type LibraryFlags, type WithParts } from './verb.ts';

type ScanFlags = LibraryFlags & { readonly deep?: boolean };

/** library scan */
export function addScanCommand(library: Command, withParts: WithParts<ScanSongsParts, ScanFlags>): void {
  addQueryVerb(library, 'scan', 'look for new, changed and missing songs')
    .option('--deep', 'also listen to every song once: is it whole, how loud is it, how does it sound')
    .action(
      withParts(async (parts, flags, query) =>
        (await import('../../views/scan-songs.ts')).scanSongs(parts, query, flags.deep === true),
      ),
    );
}
