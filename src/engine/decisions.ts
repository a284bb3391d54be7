import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { HarmoniError } from '../errors.ts';
import type { Override, Overrides } from '../history/overrides.ts';
import type { Store } from '../history/store.ts';
import { parseOverrides, renderOverrides } from '../matching/overrides-csv.ts';
import { writeFileAtomic } from '../system/files.ts';
import { trackKeys } from '../tracks/identity.ts';
import type { Media } from '../tracks/media.ts';
import type { SkippedRow, Track } from '../tracks/track.ts';
import { keysOfText } from './review.ts';

/**
 * Forgets what was decided for a track: the search decides again. Files stay as they are. Returns the tracks.
 * @throws HarmoniError usage, when nothing was decided
 */
export function removeDecision(overrides: Overrides, text: string): readonly Track[] {
  const keys = new Set(keysOfText(text));
  const meant = overrides.all().filter(({ track }) => trackKeys(track).some((key) => keys.has(key)));
  for (const { track } of meant) overrides.remove(track);
  if (meant.length === 0) {
    throw new HarmoniError('usage', `You haven't chosen a match for "${text}".`, {
      fix: 'Run harmoni review list to see your choices. Enter a song as "artist - title" or as its Spotify link.',
    });
  }
  return meant.map(({ track }) => track);
}

/** Writes every decision into a CSV. Returns how many, and where. */
export async function exportDecisions(
  overrides: Pick<Overrides, 'all'>,
  file: string,
): Promise<{ readonly exported: number; readonly file: string }> {
  const choices = overrides.all();
  const path = resolve(file);
  await writeFileAtomic(path, renderOverrides(choices));
  return { exported: choices.length, file: path };
}

/**
 * Reads decisions from a CSV: what it says wins over what was decided before.
 * @param mediaOf reads a link of any provider, a YouTube id, or "soundcloud:ARTIST/TITLE"
 * @throws HarmoniError source-not-found
 */
export async function importDecisions(
  store: Pick<Store, 'overrides' | 'failures'>,
  file: string,
  mediaOf: (link: string) => Media | undefined,
): Promise<{ readonly imported: number; readonly skipped: readonly SkippedRow[] }> {
  const path = resolve(file);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new HarmoniError('source-not-found', `${path} can't be read.`, { cause });
  });
  const { decisions, skipped } = parseOverrides(text, mediaOf);
  for (const { track, media } of decisions) {
    store.overrides.set(knownTrack(store, track.spotifyUri) ?? track, media);
  }
  return { imported: decisions.length, skipped };
}

/** A row with a URI alone says nothing of the track; the lists that failed or were decided on may. */
function knownTrack(
  store: Pick<Store, 'overrides' | 'failures'>,
  uri: string | undefined,
): Override['track'] | undefined {
  if (uri === undefined) return undefined;
  return (
    store.overrides.all().find(({ track }) => track.spotifyUri === uri)?.track ??
    store.failures.all().find(({ track }) => track.spotifyUri === uri)?.track
  );
}
