import type { EnrichEnd } from '../engine/enrich-library.ts';
import type { LibrarySong } from '../library/songs.ts';
import { nameOf } from '../library/songs.ts';
import { heardDetail, verdictCounts } from '../tracks/heard-text.ts';
import { countVerdicts, type Heard } from '../tracks/heard.ts';
import { songs as counted } from '../tracks/song-count.ts';
import type { ToneLine } from '../ui/prompter.ts';

/** What comparing songs came to. All pure. */

/** What one song was heard to be. */
export interface HeardSong {
  readonly song: LibrarySong;
  readonly heard: Heard;
}

/** "12 proven, 1 doubtful, 2 different, 3 not checked", without what there's none of. */
export function heardCounts(all: readonly Pick<HeardSong, 'heard'>[]): string {
  return verdictCounts(countVerdicts(all.map(({ heard }) => heard.verdict)));
}

/** The counts, and why songs couldn't be checked. What is doubtful or different is told among the findings. */
export function heardLines(all: readonly HeardSong[]): readonly ToneLine[] {
  if (all.length === 0) return [];
  const reasons = Map.groupBy(
    all.filter(({ heard }) => heard.verdict === 'unchecked'),
    ({ heard }) => heardDetail(heard),
  );
  const compared = all.filter(({ heard }) => heard.verdict !== 'unchecked');
  return [
    ...(compared.length === 0
      ? []
      : [{ text: `Compared ${counted(compared.length)}: ${heardCounts(compared)}.`, tone: 'ok' } as const]),
    ...[...reasons].map(([why, some]): ToneLine => {
      const [only] = some;
      const which = some.length === 1 && only !== undefined ? nameOf(only.song) : counted(some.length);
      return { text: `Not checked, because ${why}: ${which}`, tone: 'dim' };
    }),
  ];
}

/** How the writing of the verdicts ended. What was heard just before a stop may not be written yet. */
export function endLines(
  all: readonly HeardSong[],
  {
    id,
    left,
    stopped,
    stoppedBy,
    written,
  }: Pick<EnrichEnd, 'id' | 'left' | 'stopped' | 'stoppedBy' | 'written'>,
): readonly ToneLine[] {
  const told = new Set([...left.map(({ path }) => path), ...written.map(({ song }) => song.file.path)]);
  const lost = all.filter(({ song, heard }) => heard.verdict !== 'unchecked' && !told.has(song.file.path));
  const kept =
    lost.length === 0
      ? 'What was compared is kept.'
      : `The ${lost.length === 1 ? 'last result isn' : `last ${lost.length} results aren`}'t kept.`;
  return [
    ...left.map(({ path, why }): ToneLine => ({ text: `Not written: ${path} (${why})`, tone: 'warn' })),
    ...stopped.map(({ message }): ToneLine => ({
      text: `${message} Run it again later for the rest.`,
      tone: 'warn',
    })),
    ...(stoppedBy === undefined
      ? []
      : [{ text: `${stoppedBy.message} ${kept} Run it again to continue.`, tone: 'warn' } as const]),
    ...(id === undefined
      ? []
      : [{ text: `To take the tags back, run harmoni undo ${id}.`, tone: 'dim' } as const]),
  ];
}
