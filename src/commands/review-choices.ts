import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { App } from '../app.ts';
import { HarmoniError } from '../errors.ts';
import type { Override } from '../history/overrides.ts';
import { parseOverrides, renderOverrides, spotifyUriOf } from '../matching/overrides-csv.ts';
import { nameOf } from '../menus/review.ts';
import { writeFileAtomic } from '../system/files.ts';
import { fileNameKeys, nameKey, trackKeys } from '../tracks/identity.ts';
import { videoUrl } from '../youtube/ytdlp-args.ts';

/** The keys of a track that somebody names: a Spotify link or URI, or "artist - title". */
export function keysOfText(text: string): readonly string[] {
  const uri = spotifyUriOf(text);
  return uri === undefined ? [...fileNameKeys(text), nameKey('', text)] : [`uri:${uri}`];
}

/** harmoni review list: every decision that was taken. */
export function listChoices({ store, output }: Pick<App, 'store' | 'output'>): number {
  const choices = store.overrides.all();
  output.lines(
    choices.map(({ track, videoId }) => ({
      text: `${nameOf(track)}: ${videoId === null ? 'none of the videos' : videoUrl(videoId)}`,
    })),
  );
  if (choices.length === 0) output.say('Nothing has been decided yet.');
  output.document({
    choices: choices.map(({ track, videoId, decidedAt }) => ({
      artist: track.artist,
      track: track.track,
      spotifyUri: track.spotifyUri ?? null,
      isrc: track.isrc ?? null,
      videoId,
      url: videoId === null ? null : videoUrl(videoId),
      decidedAt: new Date(decidedAt).toISOString(),
    })),
  });
  return 0;
}

/** harmoni review remove: the search decides again. Files stay as they are. */
export function removeChoice({ store, output }: Pick<App, 'store' | 'output'>, text: string): number {
  const keys = new Set(keysOfText(text));
  const meant = store.overrides.all().filter(({ track }) => trackKeys(track).some((key) => keys.has(key)));
  for (const { track } of meant) store.overrides.remove(track);
  if (meant.length === 0) {
    throw new HarmoniError('usage', `Nothing was decided for "${text}".`, {
      fix: 'harmoni review list shows all decisions; give one as "artist - title" or by its Spotify link.',
    });
  }
  output.say(`Forgotten: ${meant.map(({ track }) => nameOf(track)).join(', ')}. The search decides again.`);
  output.document({ removed: meant.length });
  return 0;
}

/** harmoni review export FILE. */
export async function exportChoices(
  { store, output }: Pick<App, 'store' | 'output'>,
  file: string,
): Promise<number> {
  const choices = store.overrides.all();
  const path = resolve(file);
  await writeFileAtomic(path, renderOverrides(choices));
  output.say(`${count(choices.length)} written to ${path}.`);
  output.document({ exported: choices.length, file: path });
  return 0;
}

/** harmoni review import FILE: what it says wins over what was decided before. */
export async function importChoices(
  { store, output }: Pick<App, 'store' | 'output'>,
  file: string,
): Promise<number> {
  const path = resolve(file);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new HarmoniError('source-not-found', `${path} cannot be read.`, { cause });
  });
  const { decisions, skipped } = parseOverrides(text);
  for (const { track, videoId } of decisions) {
    const known = knownTrack(store, track.spotifyUri) ?? track;
    store.overrides.set(known, videoId);
  }
  output.say(`${count(decisions.length)} read. Run the download again: files of other videos are replaced.`);
  output.lines(
    skipped.map(({ row, reason }) => ({ text: `Row ${row} left out: ${reason}.`, tone: 'warn' as const })),
  );
  output.document({ imported: decisions.length, skipped });
  return 0;
}

/** A row with a URI alone says nothing of the track; the lists that failed or were decided on may. */
function knownTrack(store: App['store'], uri: string | undefined): Override['track'] | undefined {
  if (uri === undefined) return undefined;
  return (
    store.overrides.all().find(({ track }) => track.spotifyUri === uri)?.track ??
    store.failures.all().find(({ track }) => track.spotifyUri === uri)?.track
  );
}

function count(choices: number): string {
  return choices === 1 ? '1 decision' : `${choices} decisions`;
}
