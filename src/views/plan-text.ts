import { configSchema } from '../config/schema.ts';
import type { Plan } from '../engine/plan.ts';
import { songs } from '../tracks/song-count.ts';
import type { SkippedRow } from '../tracks/track.ts';
import { durationText } from '../ui/progress-text.ts';
import type { ToneLine } from '../ui/prompter.ts';

/** A plan for people: per list what would be downloaded and what was left out, then what it takes. Pure. */
export function planLines(plan: Plan): readonly ToneLine[] {
  return [
    ...plan.lists.flatMap(({ name, tracks, skipped }) => {
      const pending = tracks.filter(({ isPresent }) => !isPresent).length;
      return [
        {
          text: `${name}: ${pending} to download, ${tracks.length - pending} in your library, ${skipped.length} skipped`,
        },
        ...skipped.map((row) => ({
          text: `  ${placeOf(row)}${row.reason}`,
          tone: 'dim' as const,
        })),
      ];
    }),
    ...needLines(plan),
  ];
}

/** "row 3 (Artist - Title): "; row 0 is a whole file, which the reason names, or a link, which heads the list. */
function placeOf({ row, text = '' }: SkippedRow): string {
  if (row === 0) return '';
  return text === '' ? `row ${row}: ` : `row ${row} (${text}): `;
}

/** A plan in the JSON document of --dry-run. Pure. */
export function planDocument(plan: Plan) {
  return {
    lists: plan.lists.map(({ name, tracks, skipped }) => ({
      name,
      tracks: tracks.map(({ track: { artist, track, album, durationMs, isrc, spotifyUri }, isPresent }) => ({
        artist,
        track,
        status: isPresent ? ('present' as const) : ('pending' as const),
        ...(album === undefined ? {} : { album }),
        ...(durationMs === undefined ? {} : { durationMs }),
        ...(isrc === undefined ? {} : { isrc }),
        ...(spotifyUri === undefined ? {} : { spotifyUri }),
      })),
      skipped,
    })),
    plan: {
      new: plan.new,
      present: plan.present,
      doubles: plan.doubles,
      skipped: plan.skipped,
      spaceBytes: plan.space?.bytes ?? null,
      songsOfUnknownLength: plan.space?.unknown ?? null,
      timeMs: plan.timeMs ?? null,
    },
  };
}

/** "12 songs: about 45 MB, about 3 min"; nothing where nothing is known. */
function needLines({ new: fresh, space, timeMs, perHour }: Plan): readonly ToneLine[] {
  const parts = [
    space !== undefined && `about ${megabytes(space.bytes)}${notCounted(space.unknown)}`,
    timeMs !== undefined && timeText({ timeMs, perHour }),
  ].filter((part) => part !== false);
  return fresh === 0 || parts.length === 0 ? [] : [{ text: `${songs(fresh)}: ${parts.join(', ')}` }];
}

/** "about 3 h 20 min, because YouTube allows about 300 an hour" */
export function timeText({
  timeMs,
  perHour,
}: {
  readonly timeMs: number;
  readonly perHour?: number | undefined;
}): string {
  const time = `about ${durationText(timeMs)}`;
  if (perHour === undefined) return time;
  const isUsual = perHour === configSchema.shape.downloads_per_hour.parse(undefined);
  const why = isUsual ? `YouTube allows about ${perHour} an hour` : `downloads_per_hour is ${perHour}`;
  return `${time}, because ${why}`;
}

const notCounted = (unknown: number): string =>
  unknown === 0 ? '' : ` plus ${songs(unknown)} of unknown length`;

function megabytes(bytes: number): string {
  const mb = bytes / 1_000_000;
  return mb < 1_000 ? `${Math.max(1, Math.round(mb))} MB` : `${(mb / 1_000).toFixed(1)} GB`;
}
