import { emptyList } from '../sources/empty-list.ts';
import { withoutDoubles } from '../engine/doubles.ts';
import type { SpotifyConnection } from '../spotify/connection.ts';
import type { PlaylistSummary } from '../spotify/list-playlists.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import { songs } from '../tracks/song-count.ts';
import type { TrackList } from '../tracks/track.ts';
import type { PickRow, Prompter } from '../ui/prompter.ts';
import { showReading, type ReadingDisplay } from '../ui/show-reading.ts';

export interface PlaylistsParts extends ReadingDisplay {
  readonly spotify: Pick<SpotifyConnection, 'client'>;
  readonly beginWork: () => WorkSignal;
}

/** The playlists of the account. @throws HarmoniError as the client does */
export async function listPlaylists(parts: PlaylistsParts): Promise<readonly PlaylistSummary[]> {
  const work = parts.beginWork();
  try {
    showReading(parts, 'Listing your playlists')({ done: 0, total: 0 });
    return await parts.spotify.client().listPlaylists({ signal: work.signal });
  } finally {
    parts.progress.end();
    work.done();
  }
}

/** A row of the picker for each playlist; what certainly cannot be read cannot be ticked. */
export function playlistRows(playlists: readonly PlaylistSummary[]): PickRow<PlaylistSummary>[] {
  return playlists.map((playlist) => {
    const { name, owner, total, readable } = playlist;
    const mark =
      readable === false ? "Spotify's own" : total === null ? 'only yours can be read' : songs(total);
    const foreign = readable !== true && owner !== '';
    return {
      value: playlist,
      name: foreign ? `${name} (${owner})` : name,
      mark,
      checked: false,
      ...(readable === false
        ? { disabled: "Made by Spotify, which doesn't share these playlists with apps." }
        : {}),
      ...(readable === null && total === null
        ? { description: `By ${owner}: Spotify shows its songs only to its owner and collaborators.` }
        : {}),
    };
  });
}

export interface ReadPlaylistsParts extends PlaylistsParts {
  readonly prompter: Pick<Prompter, 'say'>;
}

/**
 * Reads these playlists whole. One that is empty or can't be read is said, and the others come all the same.
 */
export async function readPlaylists(
  parts: ReadPlaylistsParts,
  playlists: readonly PlaylistSummary[],
): Promise<readonly TrackList[]> {
  const { progress, prompter } = parts;
  const lists: TrackList[] = [];
  const work = parts.beginWork();
  let done = 0;
  const show = showReading(parts, `Reading ${playlists.length === 1 ? 'the playlist' : 'the playlists'}`);
  try {
    const readings = parts.spotify.client().readPlaylists(playlists, {
      signal: work.signal,
      onProgress(rows) {
        done = rows.done;
        show(rows);
      },
    });
    for await (const reading of readings) {
      progress.end();
      if ('list' in reading) {
        const { name, tracks, skipped } = reading.list;
        if (tracks.length > 0) lists.push(withoutDoubles(reading.list));
        else prompter.say(emptyList(`"${name}"`, skipped).message, 'warn');
      } else {
        const kept = done > 0 ? ` ${done} rows were read and saved for next time.` : '';
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

/** Reads all liked songs. */
export async function readLiked(parts: PlaylistsParts): Promise<TrackList> {
  const { progress } = parts;
  const work = parts.beginWork();
  try {
    const list = await parts.spotify.client().readLiked({
      signal: work.signal,
      onProgress: showReading(parts, 'Reading your liked songs'),
    });
    progress.end();
    return withoutDoubles(list);
  } finally {
    progress.end();
    work.done();
  }
}
