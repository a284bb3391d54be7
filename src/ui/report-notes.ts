import type { JobReport } from '../tracks/outcome.ts';
import type { ToneLine } from './prompter.ts';

/** What a report tells besides what came of each song. All pure. */

export const count = (many: number, what: string) => `${many} ${what}${many === 1 ? '' : 's'}`;

export function musicBrainzLines({ musicBrainz }: JobReport): readonly ToneLine[] {
  if (musicBrainz === undefined) return [];
  const { tagged, run, stopped } = musicBrainz;
  const added = `Added tags from MusicBrainz to ${count(tagged, 'song')}${run === undefined ? '' : ` (run ${run})`}.`;
  return [
    ...(tagged === 0 ? [] : [{ text: added }]),
    ...(stopped === undefined
      ? []
      : [
          { text: `Not all songs were looked up at MusicBrainz: ${stopped}`, tone: 'warn' } as const,
          { text: '  Fix: Run harmoni library enrich to look up the others.', tone: 'accent' } as const,
        ]),
  ];
}

/** Where nobody can be asked. @param many uncertain songs that could be compared with previews */
export function comparableLines(many = 0): readonly ToneLine[] {
  if (many === 0) return [];
  const text = `To compare ${count(many, 'uncertain song')} with official previews, run harmoni config set verify_by_ear uncertain, then harmoni retry.`;
  return [{ text, tone: 'dim' }];
}
