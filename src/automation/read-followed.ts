import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { HarmoniError, toHarmoniError } from '../errors.ts';
import type { Followed } from '../history/followed.ts';
import { isCutOff } from '../sources/csv-list.ts';
import { noRows } from '../sources/empty-list.ts';
import type { ReadOptions, Source } from '../sources/source.ts';
import { readSource } from '../sources/sources.ts';
import type { PlaylistSummary } from '../spotify/list-playlists.ts';
import type { SpotifyClient } from '../spotify/client.ts';
import type { TrackList } from '../tracks/track.ts';
import { createRenamedFinder, isFileGone, type FindRenamedParts } from './find-renamed.ts';

/** What a followed list was found to be. */
export type Reading =
  /** As it was after the last sync; it wasn't read. */
  | { readonly kind: 'unchanged' }
  /** `movedTo`: its file is gone, and it was found in another one. */
  | { readonly kind: 'read'; readonly list: TrackList; readonly movedTo?: string }
  | { readonly kind: 'failed'; readonly error: HarmoniError };

export interface ReadFollowedParts {
  readonly sources: () => readonly Source[];
  readonly followed: FindRenamedParts['followed'];
  readonly spotify: () => Pick<
    SpotifyClient,
    'listPlaylists' | 'readPlaylist' | 'readLiked' | 'likedSnapshot'
  >;
}

/** Reads followed lists, as little of them as needed. */
export interface FollowedReader {
  /** @throws the signal's reason */
  read(followed: Followed, options: ReadOptions): Promise<Reading>;
}

const playlist = /^spotify:playlist:(.+)$/;

/**
 * Spotify's playlists cost one request for each 50 of the account's as long as they don't change, the liked songs one, and
 * a file that didn't change is not read again.
 */
export function createFollowedReader(parts: ReadFollowedParts): FollowedReader {
  const { sources, spotify } = parts;
  const renamed = createRenamedFinder(parts);
  let summaries: Promise<ReadonlyMap<string, PlaylistSummary>> | undefined;

  /** The account's playlists, asked for once. */
  function playlistsOf(signal: AbortSignal): Promise<ReadonlyMap<string, PlaylistSummary>> {
    summaries ??= spotify()
      .listPlaylists({ signal })
      .then((all) => new Map(all.map((one) => [one.id, one])));
    return summaries;
  }

  async function readNew(followed: Followed, options: ReadOptions): Promise<TrackList | undefined> {
    const { origin, input, snapshot } = followed;
    const { signal, onProgress } = options;
    const tell = (rows: { done: number; total: number }) => onProgress?.({ what: followed.name, ...rows });
    const id = playlist.exec(origin)?.[1];
    if (id !== undefined) {
      const facts = (await playlistsOf(signal)).get(id);
      if (facts?.snapshotId !== undefined && facts.snapshotId === snapshot) return undefined;
      const list = await spotify().readPlaylist(id, { facts, signal, onProgress: tell });
      return list.snapshot !== undefined && list.snapshot === snapshot ? undefined : list;
    }
    if (origin === 'spotify:liked') {
      const now = await spotify().likedSnapshot(signal);
      if (now === snapshot) return undefined;
      return { ...(await spotify().readLiked({ signal, onProgress: tell })), snapshot: now };
    }
    const content = await contentOf(followed, signal);
    if (content !== undefined && content === snapshot) return undefined;
    if (await isFileGone(followed)) return renamed.find(followed, options);
    const list = oneOf(await readSource(sources(), input, options), followed);
    // A file that is still being written is read when it's whole.
    if (content !== undefined && (await contentOf(followed, signal)) !== content)
      return { ...list, isPartial: true };
    return content === undefined ? list : { ...list, snapshot: content };
  }

  return {
    async read(followed, options) {
      try {
        const list = await readNew(followed, options);
        if (list === undefined) return { kind: 'unchanged' };
        if (!isWhole(list)) return { kind: 'failed', error: notWhole(list) };
        return { kind: 'read', list, ...movedTo(followed, list) };
      } catch (thrown) {
        options.signal.throwIfAborted();
        const error = toHarmoniError(thrown);
        // An empty list is one of the states that a list may be in. A file whose rows can't be used, or that has not even
        // a header, is none.
        if (error.cause === noRows && !(await isEmptyFile(followed.input)))
          return { kind: 'read', list: emptyOf(followed) };
        if (error.code === 'source-empty') return { kind: 'failed', error: notUsable(followed, error) };
        return { kind: 'failed', error: error.code === 'spotify-not-found' ? gone(followed, error) : error };
      }
    },
  };
}

/** Of the lists in a file, the one that is followed. @throws HarmoniError source-not-found */
function oneOf(lists: readonly TrackList[], { origin, name, input }: Followed): TrackList {
  const [first, another] = lists;
  const found = lists.find((list) => list.origin === origin) ?? (another === undefined ? first : undefined);
  if (found !== undefined) return found;
  throw new HarmoniError('source-not-found', `"${name}" isn't in ${input} anymore.`, {
    fix: `Export it again, or run harmoni unfollow "${name}".`,
  });
}

function movedTo({ origin }: Followed, list: TrackList): { readonly movedTo?: string } {
  const isMoved = origin.startsWith('file:') && list.origin !== origin && list.sourceFile !== undefined;
  return isMoved ? { movedTo: list.sourceFile } : {};
}

function gone({ name }: Followed, cause: HarmoniError): HarmoniError {
  return new HarmoniError('spotify-not-found', 'This playlist was deleted on Spotify, or is private now.', {
    fix: `Its songs and its playlist file stay. To go on without it, run harmoni unfollow "${name}".`,
    cause,
  });
}

function isWhole({ isPartial, skipped }: TrackList): boolean {
  return isPartial !== true && !skipped.some((row) => row.row === 0 || isCutOff(row));
}

function notWhole({ name, sourceFile }: TrackList): HarmoniError {
  const what =
    sourceFile === undefined
      ? `HARMONI couldn't read all of "${name}". It changed meanwhile, or songs were left out.`
      : `${sourceFile} is cut off, or was still being written.`;
  return new HarmoniError('source-broken', what, {
    fix: sourceFile === undefined ? 'Run the sync again.' : 'Export it again.',
  });
}

function notUsable({ input }: Followed, cause: HarmoniError): HarmoniError {
  return new HarmoniError('source-broken', `${cause.message} It may be cut off.`, {
    fix: `Export it again to ${input}.`,
    cause,
  });
}

async function isEmptyFile(input: string): Promise<boolean> {
  const found = await stat(input).catch(() => undefined);
  return found?.isFile() === true && found.size === 0;
}

function emptyOf({ name, origin }: Followed): TrackList {
  return { name, origin, tracks: [], skipped: [], folder: 'own' };
}

/**
 * What is in a file, as a hash; undefined where the input is no file.
 * @throws HarmoniError source-broken where it's a FIFO or a device, which nobody may ever write to
 */
async function contentOf({ name, input }: Followed, signal: AbortSignal): Promise<string | undefined> {
  const found = await stat(input).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return undefined;
  if (!found.isFile()) {
    throw new HarmoniError('source-broken', `${input} isn't a file.`, {
      fix: `Export the playlist again to that place, or run harmoni unfollow "${name}".`,
    });
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(input), hash, { signal });
  return `sha256:${hash.digest('hex')}`;
}
