import { HarmoniError, toHarmoniError } from '../errors.ts';
import type { TrackList } from '../tracks/track.ts';
import { ownedBySpotify } from './api-error.ts';
import { pageSize, readPages } from './paging.ts';
import { pageSchema, playlistSchema, understand } from './schemas.ts';
import {
  collect,
  entryRow,
  toTrackPage,
  trimEntries,
  type Reader,
  type ReadOptions,
  type TrackPage,
} from './track-page.ts';

/** What is known of a playlist before its songs are read. */
export interface PlaylistFacts {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | undefined;
  /** Spotify's name for this state of the playlist: it changes with every edit. */
  readonly snapshotId: string | undefined;
}

export interface ReadPlaylistOptions extends ReadOptions {
  /** From `listPlaylists`: saves the request that asks for name and snapshot. */
  readonly facts?: PlaylistFacts | undefined;
}

/** A playlist that is edited while it is read is read again, this often in all. */
const mostReadings = 3;

async function describePlaylist(
  reader: Reader,
  id: string,
  signal: AbortSignal | undefined,
): Promise<PlaylistFacts> {
  const what = `The playlist ${id}`;
  // Without `fields` the answer carries up to 100 rows that are read again below.
  const query = { fields: 'id,name,owner(id,display_name),collaborative,snapshot_id' };
  const answer = await reader.ask({ path: `/playlists/${id}`, query, what, signal });
  const playlist = understand(playlistSchema, answer, what);
  return {
    id,
    name: nameOf(playlist.name, id),
    ownerId: playlist.owner?.id,
    snapshotId: playlist.snapshot_id,
  };
}

/** A name may be "" or null, and may have line breaks in it. */
export function nameOf(name: string | undefined, id: string): string {
  const line = name?.replaceAll(/\s+/g, ' ').trim() ?? '';
  return line === '' ? `Playlist ${id}` : line;
}

/** The playlist's rows as they come; from the store as far as its snapshot is known there. */
async function* playlistPages(
  reader: Reader,
  facts: PlaylistFacts,
  options: ReadOptions,
): AsyncGenerator<TrackPage, void> {
  const what = `The playlist "${facts.name}"`;
  const { checkpoints } = reader;
  const pages = readPages({
    load: async (offset, signal) => {
      const query = { limit: pageSize, offset, additional_types: 'track,episode' };
      return understand(
        pageSchema,
        await reader.ask({ path: `/playlists/${facts.id}/items`, query, what, signal }),
        what,
      );
    },
    trim: trimEntries,
    ...(checkpoints === undefined || facts.snapshotId === undefined
      ? {}
      : { saved: { checkpoints, key: keyOf(facts.id), snapshotId: facts.snapshotId } }),
    atOnce: reader.atOnce,
    signal: options.signal,
  });
  for await (const page of pages) yield toTrackPage(page, entryRow);
}

/**
 * Reads a whole playlist. An unchanged one comes from the store; one that was edited meanwhile is read again.
 * `myId` is asked only to explain a refusal.
 */
export async function readPlaylist(
  reader: Reader,
  id: string,
  options: ReadPlaylistOptions,
  myId: () => Promise<string>,
): Promise<TrackList> {
  let facts = options.facts ?? (await describePlaylist(reader, id, options.signal));
  for (let reading = 1; ; reading += 1) {
    const { tracks, skipped, pages, fresh, isPartial } = await collectExplained(reader, facts, options, myId);
    const list: TrackList = {
      name: facts.name,
      origin: `spotify:playlist:${id}`,
      ...(facts.snapshotId === undefined ? {} : { snapshot: facts.snapshotId }),
      ...(isPartial ? { isPartial } : {}),
      tracks,
      skipped,
      folder: 'own',
    };
    if (isPartial) {
      // Pages that lack rows are not to be taken from the store the next time.
      reader.checkpoints?.drop(keyOf(id));
      if (reading === mostReadings) return list;
      continue;
    }
    // One page is one state; and what comes from the store was checked when it was read.
    if (pages < 2 || fresh === 0 || facts.snapshotId === undefined) return list;
    const after = await describePlaylist(reader, id, options.signal);
    if (after.snapshotId === facts.snapshotId) return list;
    reader.checkpoints?.drop(keyOf(id));
    if (reading === mostReadings) return { ...list, isPartial: true };
    facts = after;
  }
}

async function collectExplained(
  reader: Reader,
  facts: PlaylistFacts,
  options: ReadOptions,
  myId: () => Promise<string>,
): ReturnType<typeof collect> {
  try {
    return await collect(playlistPages(reader, facts, options), options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw await explain(toHarmoniError(error), facts, myId);
  }
}

/** Spotify's 403 names no reason; who owns the playlist tells it. */
async function explain(
  error: HarmoniError,
  facts: PlaylistFacts,
  myId: () => Promise<string>,
): Promise<HarmoniError> {
  const what = `The playlist "${facts.name}"`;
  const denied = error.code === 'spotify-not-your-playlist' || error.code === 'spotify-not-found';
  if (denied && facts.ownerId === 'spotify') return ownedBySpotify(what);
  if (error.code !== 'spotify-not-your-playlist' || facts.ownerId === undefined) return error;
  const me = await myId().catch(() => undefined);
  if (me !== facts.ownerId) return error;
  return new HarmoniError('spotify-refused', `${what} is yours, but Spotify won't let the app read it.`, {
    fix: "Remove your account from the app's User Management, add it again, and run harmoni login.",
    cause: error,
  });
}

/** "1" is the form of the stored rows: another form is another key. */
function keyOf(id: string): string {
  return `playlist:1:${id}`;
}
