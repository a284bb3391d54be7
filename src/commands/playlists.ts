import type { PlaylistSummary } from '../spotify/list-playlists.ts';
import { songs } from '../tracks/song-count.ts';
import type { Output } from '../ui/output.ts';
import { listPlaylists, type PlaylistsParts } from '../views/playlists.ts';

export interface PlaylistsCommandParts extends PlaylistsParts {
  readonly output: Output;
}

/** harmoni playlists: the playlists of the account. Returns the exit code. */
export async function runPlaylists(parts: PlaylistsCommandParts): Promise<number> {
  const playlists = await listPlaylists(parts);
  parts.output.lines(
    playlists.map((playlist) => ({
      text: `spotify:playlist:${playlist.id}  ${playlist.name} (${aboutPlaylist(playlist)})`,
      ...(playlist.readable === false || playlist.total === null ? { tone: 'dim' as const } : {}),
    })),
  );
  parts.output.document({
    playlists: playlists.map(({ id, name, owner, total, readable, snapshotId }) => ({
      id,
      name,
      owner,
      total,
      readable,
      snapshotId: snapshotId ?? null,
    })),
  });
  return 0;
}

/** "812 songs, by Somebody". Where Spotify tells no count, it will not tell the songs either. */
function aboutPlaylist({ owner, total, readable }: PlaylistSummary): string {
  const many = total === null ? 'only yours can be read' : songs(total);
  if (readable === false) return "made by Spotify, apps can't read it";
  return readable === true || owner === '' ? many : `${many}, by ${owner}`;
}
