import type { App } from '../app.ts';
import type { SpotifyConnection } from '../spotify/connection.ts';
import type { PlaylistSummary } from '../spotify/list-playlists.ts';
import type { TrackList } from '../tracks/track.ts';
import type { PickRow } from '../ui/prompter.ts';
import { withoutDoubles } from './choose-tracks.ts';
import { showReading } from './show-reading.ts';

/** harmoni playlists: the playlists of the account. Returns the exit code. */
export async function runPlaylists(app: App): Promise<number> {
  const playlists = await listPlaylists(app);
  app.output.lines(
    playlists.map((playlist) => ({
      text: `spotify:playlist:${playlist.id}  ${playlist.name} (${aboutPlaylist(playlist)})`,
      ...(playlist.readable === false || playlist.total === null ? { tone: 'dim' as const } : {}),
    })),
  );
  app.output.document({
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

export async function listPlaylists(app: App): Promise<readonly PlaylistSummary[]> {
  const work = app.beginWork();
  try {
    showReading(app, 'Listing your playlists')({ done: 0, total: 0 });
    return await app.spotify.client().listPlaylists({ signal: work.signal });
  } finally {
    app.progress.end();
    work.done();
  }
}

/** "812 songs, by Somebody". Where Spotify tells no count, it will not tell the songs either. */
function aboutPlaylist({ owner, total, readable }: PlaylistSummary): string {
  const songs = total === null ? 'only yours can be read' : `${total} ${total === 1 ? 'song' : 'songs'}`;
  if (readable === false) return 'made by Spotify, which no app can read';
  return readable === true || owner === '' ? songs : `${songs}, by ${owner}`;
}

/** A row of the picker for each playlist; what certainly cannot be read cannot be ticked. */
export function playlistRows(playlists: readonly PlaylistSummary[]): PickRow<PlaylistSummary>[] {
  return playlists.map((playlist) => {
    const { name, owner, total, readable } = playlist;
    const mark =
      readable === false
        ? "Spotify's own"
        : total === null
          ? 'only yours can be read'
          : `${total} ${total === 1 ? 'song' : 'songs'}`;
    const foreign = readable !== true && owner !== '';
    return {
      value: playlist,
      name: foreign ? `${name} (${owner})` : name,
      mark,
      checked: false,
      ...(readable === false
        ? { disabled: 'Made by Spotify itself, which gives such playlists to no app.' }
        : {}),
      ...(readable === null && total === null
        ? { description: `By ${owner}: Spotify shows its songs only to its owner and collaborators.` }
        : {}),
    };
  });
}

/** What a reading needs of the app. */
type ReadingParts = Pick<App, 'progress' | 'prompter' | 'clock' | 'beginWork'> & {
  readonly spotify: Pick<SpotifyConnection, 'client'>;
};

/**
 * Reads these playlists, at most `limit` rows of each (all when undefined). One that cannot be read is said, and the
 * others come all the same.
 */
export async function readPlaylists(
  app: ReadingParts,
  playlists: readonly PlaylistSummary[],
  limit: number | undefined,
): Promise<readonly TrackList[]> {
  const { progress, prompter } = app;
  const lists: TrackList[] = [];
  const work = app.beginWork();
  let done = 0;
  const show = showReading(app, `Reading ${playlists.length === 1 ? 'the playlist' : 'the playlists'}`);
  try {
    const readings = app.spotify.client().readPlaylists(playlists, {
      signal: work.signal,
      limit,
      onProgress(rows) {
        done = rows.done;
        show(rows);
      },
    });
    for await (const reading of readings) {
      progress.end();
      const playlist = playlists.find(({ id }) => id === reading.id);
      const name = playlist?.name ?? reading.id;
      if ('list' in reading) {
        const cut = limit !== undefined && (playlist?.total ?? 0) > limit;
        if (cut) prompter.say(`"${name}": the first ${limit} of ${playlist?.total ?? 0} songs.`, 'dim');
        lists.push(withoutDoubles(reading.list));
      } else {
        const kept = done > 0 ? ` ${done} rows were read and are kept for the next time.` : '';
        prompter.say(`${reading.error.message}${kept} ${reading.error.fix}`, 'warn');
      }
      done = 0;
    }
    return lists;
  } finally {
    progress.end();
    work.done();
  }
}

/** Reads the liked songs, at most `limit` of them. */
export async function readLiked(app: App, limit: number | undefined): Promise<TrackList> {
  const { progress, prompter } = app;
  const work = app.beginWork();
  try {
    const list = await app.spotify.client().readLiked({
      signal: work.signal,
      limit,
      onProgress: showReading(app, 'Reading your liked songs'),
    });
    progress.end();
    if (list.tracks.length + list.skipped.length === limit) {
      prompter.say(`These are the ${limit} songs that were liked last.`, 'dim');
    }
    return withoutDoubles(list);
  } finally {
    progress.end();
    work.done();
  }
}
