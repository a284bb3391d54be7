import { z } from 'zod';
import { redact } from '../system/redact.ts';
import { splitArtists } from '../sources/artists.ts';
import { cleanText } from '../sources/clean-text.ts';
import type { Track } from '../tracks/track.ts';

/** A song in one of HARMONI's old files, and why it failed where that is told. */
export interface OldSong {
  readonly track: Track;
  readonly attempts: number;
  readonly lastError: string;
}

/** Longer names are none. */
const longestName = 500;
const longestError = 200;
/** More are in no library that was made by hand. */
const mostSongs = 100_000;

const songShape = z.object({
  artist: z.string().max(longestName).default(''),
  track: z.string().max(longestName),
  attempt_count: z.number().catch(0).default(0),
  last_error: z.unknown().optional(),
});

/** The songs of failed_downloads.json or download_progress.json, each once; undefined when it isn't a list. Pure. */
export function oldSongs(content: unknown): readonly OldSong[] | undefined {
  if (!Array.isArray(content)) return undefined;
  const songs = new Map<string, OldSong>();
  for (const row of content.slice(0, mostSongs)) {
    const { data } = songShape.safeParse(row);
    const title = cleanText(data?.track ?? '');
    if (data === undefined || title === '') continue;
    // What the first version wrote where the user gave no artist.
    const isUnknown = data.artist.trim().toLowerCase() === 'unknown artist';
    const artists = isUnknown ? [] : splitArtists(data.artist, 'comma-space');
    const track: Track = { artists, artist: artists.join(', '), track: title };
    // Before it is cut: half an address with a password isn't known as one.
    const lastError =
      typeof data.last_error === 'string'
        ? cleanText(redact(data.last_error.slice(0, 10_000))).slice(0, longestError)
        : '';
    songs.set(JSON.stringify([track.artist, title]), { track, attempts: data.attempt_count, lastError });
  }
  return [...songs.values()];
}

const syncShape = z.object({ synced_files: z.record(z.string(), z.unknown()) });

/** The CSV files that sync_state.json knows; undefined when it is something else. Pure. */
export function oldSyncedFiles(content: unknown): readonly string[] | undefined {
  const { data } = syncShape.safeParse(content);
  return data === undefined ? undefined : Object.keys(data.synced_files).slice(0, mostSongs).map(cleanText);
}

/** How many downloads download_history.json knows: a list, or an object by song; undefined when it's neither. Pure. */
export function oldHistoryLength(content: unknown): number | undefined {
  if (Array.isArray(content)) return content.length;
  return typeof content === 'object' && content !== null ? Object.keys(content).length : undefined;
}
