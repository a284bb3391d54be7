import type { LibrarySong } from '../library/songs.ts';
import { nameOf } from '../library/songs.ts';
import { heardDetail } from '../tracks/heard-text.ts';
import type { Heard, Verdict } from '../tracks/heard.ts';
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
  const words: readonly (readonly [Verdict, string])[] = [
    ['proven', 'proven'],
    ['doubtful', 'doubtful'],
    ['different', 'different'],
    ['unchecked', 'not checked'],
  ];
  return words
    .map(([verdict, word]) => [all.filter(({ heard }) => heard.verdict === verdict).length, word] as const)
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${many} ${word}`)
    .join(', ');
}

/** The counts, and why songs couldn't be checked. What is doubtful or different is told among the findings. */
export function heardLines(all: readonly HeardSong[]): readonly ToneLine[] {
  if (all.length === 0) return [];
  const reasons = Map.groupBy(
    all.filter(({ heard }) => heard.verdict === 'unchecked'),
    ({ heard }) => heardDetail(heard),
  );
  return [
    { text: `Compared ${counted(all.length)}: ${heardCounts(all)}.`, tone: 'ok' },
    ...[...reasons].map(([why, some]): ToneLine => {
      const [only] = some;
      const which = some.length === 1 && only !== undefined ? nameOf(only.song) : counted(some.length);
      return { text: `  Not checked, because ${why}: ${which}`, tone: 'dim' };
    }),
  ];
}
