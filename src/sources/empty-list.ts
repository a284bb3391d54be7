import { HarmoniError } from '../errors.ts';
import type { SkippedRow } from '../tracks/track.ts';

const fixes: readonly (readonly [RegExp, string])[] = [
  [/podcast|audiobook/, 'HARMONI downloads music, not podcasts or audiobooks. Choose a playlist with songs.'],
  [/local file/, 'Search for it by name: harmoni download "artist - title".'],
];

/** The cause of a list's emptiness where it has no row at all, so that nothing of it was lost. */
export const noRows = 'the list has no rows';

/** The error of a list without any song, which says what it holds instead. */
export function emptyList(fileName: string, skipped: readonly SkippedRow[]): HarmoniError {
  if (skipped.length === 0) {
    return new HarmoniError('source-empty', `${fileName} has no songs.`, { cause: noRows });
  }
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3);
  const said = reasons.map(([reason, count]) => `${reason} (${count})`).join(', ');
  const [main = ''] = reasons.map(([reason]) => reason);
  const fix = fixes.find(([shape]) => shape.test(main))?.[1];
  const rows = skipped.length === 1 ? 'Its only row is' : `Its ${skipped.length} rows are`;
  return new HarmoniError(
    'source-empty',
    `${fileName} has no songs. ${rows}: ${said}.`,
    fix === undefined ? {} : { fix },
  );
}
