import { songs } from '../tracks/song-count.ts';
import type { ToneLine } from '../ui/prompter.ts';

/** How many of the user's own files a verb leaves out, and how to include them. Pure. */
export function leftAloneLines(own: number): readonly ToneLine[] {
  if (own === 0) return [];
  const verb = own === 1 ? 'is' : 'are';
  return [
    {
      text: `${songs(own)} that HARMONI didn't download ${verb} left alone. Add --all to include them.`,
      tone: 'dim',
    },
  ];
}
