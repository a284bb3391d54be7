import { relative } from 'node:path';
import type { ConvertEnd } from '../engine/convert.ts';
import type { ConvertPlan, ConvertWish, StayReason } from '../library/convert/plan.ts';
import { nameOf, type LibrarySong } from '../library/songs.ts';
import { sizeText } from '../tracks/size-text.ts';
import { songs } from '../tracks/song-count.ts';
import { faultLines } from './fault-lines.ts';
import { fixOf } from './fix-of.ts';
import type { ToneLine } from '../ui/prompter.ts';

/** What conversions are told in. All pure. */

interface Shown extends ConvertWish {
  readonly library: string;
  /** Lossy songs that nobody said yes to. */
  readonly refused: readonly LibrarySong[];
  /** What to say where there's nothing to convert. */
  readonly none: string;
  /** Songs that an earlier run was killed at. */
  readonly unfinished: number;
}

const samples = 5;

/** Before: what would be converted, how large it gets, and what stays for which reason. */
export function conversionLines(plan: ConvertPlan, shown: Shown): readonly ToneLine[] {
  const { conversions } = plan;
  const { format, library, refused, unfinished } = shown;
  const up = conversions.filter(({ isUp }) => isUp).length;
  const more = conversions.length - samples;
  return [
    ...(unfinished === 0 ? [] : [{ text: `${songs(unfinished)} from an interrupted run will be finished.` }]),
    {
      text:
        conversions.length === 0
          ? shown.none
          : `${songs(conversions.length)} to ${format}${sizeChange(plan)}`,
    },
    ...conversions
      .slice(0, samples)
      .map(({ song }): ToneLine => ({ text: `  ${relative(library, song.file.path)}`, tone: 'dim' })),
    ...(more > 0 ? [{ text: `  and ${more} more`, tone: 'dim' } as const] : []),
    ...(up === 0
      ? []
      : [
          {
            text: `${songs(up)} would get a higher bitrate than now: larger, but not better.`,
            tone: 'warn',
          } as const,
        ]),
    ...stayingLines(plan, shown),
    ...(refused.length === 0
      ? []
      : [
          {
            text: `${songs(refused.length)} left out: lossy, and ${format} would only make ${refused.length === 1 ? 'it' : 'them'} larger. Add --lossy-to-lossless to convert ${refused.length === 1 ? 'it' : 'them'} anyway.`,
            tone: 'warn',
          } as const,
        ]),
  ];
}

/** ": 340 MB now, about 120 MB then" */
function sizeChange({ conversions }: ConvertPlan): string {
  const now = conversions.reduce((sum, { song }) => sum + song.file.sizeBytes, 0);
  const then = conversions.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  );
  return then === undefined
    ? ` (${sizeText(now)} now)`
    : `: ${sizeText(now)} now, about ${sizeText(then)} then`;
}

const reasons: readonly (readonly [StayReason, (wish: ConvertWish) => string])[] = [
  ['already', ({ format }) => `already ${format}`],
  ['lower', ({ format }) => `already ${format}, at a lower bitrate that converting can't improve`],
  ['own', () => 'not made by HARMONI (add --all to include them)'],
  ['broken', () => 'broken (see harmoni library verify)'],
  ['link', () => 'a link'],
  ['linked', () => 'a link in your library leads to it, and would lead nowhere'],
];

function stayingLines({ staying }: ConvertPlan, wish: ConvertWish): readonly ToneLine[] {
  return reasons.flatMap(([reason, words]) => {
    const many = staying.filter((one) => one.reason === reason).length;
    return many === 0 ? [] : [{ text: `${songs(many)} skipped: ${words(wish)}.`, tone: 'dim' as const }];
  });
}

/** How many stay for each reason. */
export function stayingCounts({ staying }: ConvertPlan): Readonly<Partial<Record<StayReason, number>>> {
  return Object.fromEntries(
    [...Map.groupBy(staying, ({ reason }) => reason)].map(([reason, some]) => [reason, some.length]),
  );
}

/** Afterwards. */
export function convertedLines(end: ConvertEnd, library: string): readonly ToneLine[] {
  const { done, failed, stoppedBy } = end;
  const before = done.reduce((sum, { song }) => sum + song.file.sizeBytes, 0);
  const after = done.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const sizes = done.length === 0 ? '' : ` (${sizeText(before)} became ${sizeText(after)})`;
  return [
    {
      text: `Converted ${songs(done.length)}${sizes}.`,
      tone: failed.length > 0 || stoppedBy !== undefined ? 'warn' : 'ok',
    },
    ...failed.map(({ song, error }): ToneLine => ({
      text: `Failed: ${nameOf(song)} (${relative(library, song.file.path)}): ${error.message}`,
      tone: 'fail',
    })),
    ...stoppedLines(stoppedBy, 'convert'),
    ...(done.length > 0
      ? [{ text: 'The old files are in the trash. Run harmoni undo to bring them back.' }]
      : []),
  ];
}

/** Why it ended early. @param verb what the same command does to the rest */
export function stoppedLines(
  stoppedBy: ConvertEnd['stoppedBy'],
  verb: 'convert' | 'copy',
): readonly ToneLine[] {
  if (stoppedBy === undefined) return [];
  if (stoppedBy.code !== 'cancelled') return faultLines(stoppedBy, fixOf(stoppedBy));
  return [{ text: `Stopped. Run the same command to ${verb} the rest.`, tone: 'warn' }];
}
