import type { Command } from 'commander';
import type { ListSongsParts } from '../../views/list-songs.ts';
import { addQueryVerb, type WithParts } from './verb.ts';

/** library list */
export function addListCommand(library: Command, withParts: WithParts<ListSongsParts>): void {
  addQueryVerb(library, 'list', 'show the songs of your library').action(
    withParts(async (parts, _flags, query) =>
      (await import('../../views/list-songs.ts')).listSongs(parts, query),
    ),
  );
}
