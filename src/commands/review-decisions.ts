import { basename, dirname, extname, resolve } from 'node:path';
import { HarmoniError } from '../errors.ts';
import { exists } from '../system/files.ts';
import { exportDecisions, importDecisions, removeDecision } from '../engine/decisions.ts';
import type { Store } from '../history/store.ts';
import type { Provider } from '../providers/provider.ts';
import { mediaOf, urlOf } from '../providers/providers.ts';
import { mediaInJson } from '../tracks/media.ts';
import { songName } from '../tracks/song-name.ts';
import type { Output } from '../ui/output.ts';

export interface DecisionsParts {
  readonly store: Pick<Store, 'overrides' | 'failures'>;
  readonly output: Output;
  readonly providers: readonly Provider[];
}

/** harmoni review list: every decision that was taken. */
export function listDecisions({ store, output, providers }: DecisionsParts): number {
  const choices = store.overrides.all();
  output.lines(
    choices.map(({ track, media }) => ({
      text: `${songName(track.artist, track.track)}: ${media === null ? 'none of these' : urlOf(providers, media)}`,
    })),
  );
  if (choices.length === 0) output.say("You haven't chosen any matches yet.");
  output.document({
    choices: choices.map(({ track, media, decidedAt }) => ({
      artist: track.artist,
      track: track.track,
      spotifyUri: track.spotifyUri ?? null,
      isrc: track.isrc ?? null,
      // Both are null where none of the videos is the right one.
      videoId: null,
      media: null,
      ...(media === null ? {} : mediaInJson(media)),
      url: media === null ? null : urlOf(providers, media),
      decidedAt: new Date(decidedAt).toISOString(),
    })),
  });
  return 0;
}

/** harmoni review remove: the search decides again. Files stay as they are. */
export function runRemove({ store, output }: DecisionsParts, text: string): number {
  const removed = removeDecision(store.overrides, text);
  output.say(
    `Removed your choice for ${removed.map(({ artist, track }) => songName(artist, track)).join(', ')}. HARMONI will search again.`,
  );
  output.document({ removed: removed.length });
  return 0;
}

/** harmoni review export FILE. */
export async function runExport({ store, output }: DecisionsParts, file: string): Promise<number> {
  if (extname(file).toLowerCase() !== '.csv') {
    throw new HarmoniError(
      'usage',
      `Choices are exported as CSV, but ${basename(file)} isn't the name of a .csv file.`,
      {
        fix: 'Use a file name that ends in .csv.',
      },
    );
  }
  if (!(await exists(dirname(resolve(file))))) {
    throw new HarmoniError('usage', `There's no folder ${dirname(resolve(file))}.`, {
      fix: 'Check the path for typos, or create the folder first.',
    });
  }
  const result = await exportDecisions(store.overrides, file);
  output.say(`${count(result.exported)} written to ${result.file}.`);
  output.document(result);
  return 0;
}

/** harmoni review import FILE: what it says wins over what was decided before. */
export async function runImport({ store, output, providers }: DecisionsParts, file: string): Promise<number> {
  const { imported, skipped } = await importDecisions(store, file, (link) => mediaOf(providers, link));
  output.say(`${count(imported)} imported. Run the download again to replace affected files.`);
  output.lines(
    skipped.map(({ row, reason }) => ({ text: `Skipped row ${row}: ${reason}.`, tone: 'warn' as const })),
  );
  output.document({ imported, skipped });
  return 0;
}

function count(choices: number): string {
  return choices === 1 ? '1 choice' : `${choices} choices`;
}
