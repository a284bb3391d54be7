import { exportDecisions, importDecisions, removeDecision } from '../engine/decisions.ts';
import type { Store } from '../history/store.ts';
import { songName } from '../tracks/song-name.ts';
import type { Output } from '../ui/output.ts';
import { videoUrl } from '../providers/ytdlp/arguments.ts';

export interface DecisionsParts {
  readonly store: Pick<Store, 'overrides' | 'failures'>;
  readonly output: Output;
}

/** harmoni review list: every decision that was taken. */
export function listDecisions({ store, output }: DecisionsParts): number {
  const choices = store.overrides.all();
  output.lines(
    choices.map(({ track, videoId }) => ({
      text: `${songName(track.artist, track.track)}: ${videoId === null ? 'none of the videos' : videoUrl(videoId)}`,
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
export function runRemove({ store, output }: DecisionsParts, text: string): number {
  const removed = removeDecision(store.overrides, text);
  output.say(
    `Forgotten: ${removed.map(({ artist, track }) => songName(artist, track)).join(', ')}. The search decides again.`,
  );
  output.document({ removed: removed.length });
  return 0;
}

/** harmoni review export FILE. */
export async function runExport({ store, output }: DecisionsParts, file: string): Promise<number> {
  const result = await exportDecisions(store.overrides, file);
  output.say(`${count(result.exported)} written to ${result.file}.`);
  output.document(result);
  return 0;
}

/** harmoni review import FILE: what it says wins over what was decided before. */
export async function runImport({ store, output }: DecisionsParts, file: string): Promise<number> {
  const { imported, skipped } = await importDecisions(store, file);
  output.say(`${count(imported)} read. Run the download again: files of other videos are replaced.`);
  output.lines(
    skipped.map(({ row, reason }) => ({ text: `Row ${row} left out: ${reason}.`, tone: 'warn' as const })),
  );
  output.document({ imported, skipped });
  return 0;
}

function count(choices: number): string {
  return choices === 1 ? '1 decision' : `${choices} decisions`;
}
