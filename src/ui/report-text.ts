import { HarmoniError, type ErrorCode } from '../errors.ts';
import type { JobReport, OutcomeStatus, TrackOutcome } from '../tracks/outcome.ts';
import { songName } from '../tracks/song-name.ts';
import type { ToneLine } from './prompter.ts';
import { durationText } from './progress-text.ts';
import { comparableLines, count, musicBrainzLines } from './report-notes.ts';

export interface ReportOptions {
  /** The library folder, named when something is in it. */
  readonly library: string;
  /** Where all that the report leaves out can be read: a path or a command. */
  readonly details: string;
  /** The format that was asked for; "best" takes any. */
  readonly format?: string;
  /** Whether other formats were to be replaced: then those that stay are the user's own. */
  readonly reformat?: boolean;
  /** Uncertain songs that could be compared with previews, where nobody has said yet whether they may. */
  readonly comparable?: number;
  /** Songs without a certain match are asked for next. */
  readonly isReviewed?: boolean;
  /** Tracks named per kind of failure. */
  readonly named?: number;
}

/** The states that ask something of the user, in the order of the report, and what is to do where no failure says it. */
const open = [
  { status: 'failed', title: 'Failed', code: 'download-failed' },
  { status: 'none', title: 'Not found', code: 'no-match' },
  { status: 'unsure', title: 'Uncertain', code: 'match-unsure' },
] as const satisfies readonly { status: OutcomeStatus; title: string; code: ErrorCode }[];

/** The end of a job for people: the counts, what failed by what to do about it, what was skipped, where the files are. */
export function reportLines(report: JobReport, options: ReportOptions): readonly ToneLine[] {
  const tracks = eachOnce(report.lists.flatMap((list) => list.tracks));
  return [
    countsLine(report),
    ...otherFormatLines(report, options),
    ...open
      .filter(({ status }) => status === 'failed' || options.isReviewed !== true)
      .flatMap(({ status, title, code }) =>
        [
          ...Map.groupBy(
            tracks.filter((track) => track.status === status),
            remedyOf(code),
          ),
        ].flatMap(([remedy, group]) => failureLines(title, group, remedy, options)),
      ),
    ...(options.isReviewed === true ? [] : comparableLines(options.comparable)),
    ...skippedLines(report.lists, options),
    ...stoppedLines(tracks),
    ...musicBrainzLines(report),
    ...placeLines(report, options),
  ];
}

/** What a song in several lists leaves open is said, and counted, once. */
function eachOnce(tracks: readonly TrackOutcome[]): readonly TrackOutcome[] {
  const seen = new Set<string>();
  return tracks.filter(({ artist, track, status, failure }) => {
    if (open.every((one) => one.status !== status)) return true;
    const key = [status, artist, track, failure?.message ?? ''].join('\n');
    return !seen.has(key) && seen.add(key).has(key);
  });
}

function countsLine({ lists, summary }: JobReport): ToneLine {
  const inMore = alsoInAnotherList(lists);
  const there = summary.present - inMore.rows;
  const tracks = eachOnce(lists.flatMap((list) => list.tracks));
  const many = (status: OutcomeStatus): number => tracks.filter((track) => track.status === status).length;
  const more = [
    inMore.songs > 0 && `${inMore.songs} for another playlist too`,
    ...placesOf(lists),
    ...heardParts(summary),
  ].filter((part) => part !== false);
  const others = [
    there > 0 && `${there} already in your library`,
    summary.failed > 0 && `${many('failed')} failed`,
    summary.none > 0 && `${many('none')} not found`,
    summary.unsure > 0 && `${many('unsure')} uncertain`,
    summary.cancelled > 0 && `${summary.cancelled} left`,
    summary.skipped > 0 && `${count(summary.skipped, 'row')} skipped`,
  ].filter((part) => part !== false);
  const files = lists.filter(({ playlistFile }) => playlistFile !== undefined).length;
  if (files > 0 && lists.every((list) => list.tracks.length === 0))
    return { text: `Updated ${count(files, 'playlist file')}.`, tone: 'ok' };
  const done =
    summary.done === 0
      ? 'Nothing downloaded'
      : `Downloaded ${count(summary.done, 'song')} in ${durationText(summary.seconds * 1000)}`;
  const sentences = [
    more.length === 0 ? done : `${done} (${more.join(', ')})`,
    ...(others.length === 0 ? [] : [others.join(', ')]),
  ];
  const tone =
    summary.failed > 0 ? 'fail' : summary.none + summary.unsure + summary.cancelled > 0 ? 'warn' : 'ok';
  return { text: `${sentences.join('. ')}.`, tone };
}

/** "2 from SoundCloud": what did not come from where it is mostly from. */
function placesOf(lists: JobReport['lists']): readonly string[] {
  const fetched = lists.flatMap((list) => list.tracks).filter(({ status }) => status === 'done');
  return [...Map.groupBy(fetched, ({ place }) => place)].flatMap(([place, tracks]) =>
    place === undefined ? [] : [`${tracks.length} from ${place}`],
  );
}

/** "3 proven by ear": not of those that there was nothing to compare with. */
function heardParts({ heard }: JobReport['summary']): readonly (string | false)[] {
  const { proven = 0, doubtful = 0, different = 0 } = heard ?? {};
  const open = doubtful + different;
  return [proven > 0 && `${proven} proven by ear`, open > 0 && `${open} compared and not proven`];
}

/** What is there is not fetched again, also in another format: that has to be said. */
function otherFormatLines(
  report: JobReport,
  { format = 'best', reformat = false }: ReportOptions,
): readonly ToneLine[] {
  if (format === 'best') return [];
  const others = report.lists
    .flatMap((list) => list.tracks)
    .filter((track) => track.status === 'present' && track.format !== undefined && track.format !== format);
  const formats = [...new Set(others.map((track) => track.format?.toUpperCase()))];
  const [only] = formats;
  if (only === undefined) return [];
  const are = others.length === 1 ? '1 song is' : `${others.length} songs are`;
  const as = formats.length === 1 ? only : 'another format';
  const them = others.length === 1 ? 'it' : 'them';
  if (reformat) {
    const own =
      others.length === 1
        ? "HARMONI didn't create it, so it won't replace it"
        : "HARMONI didn't create them, so it won't replace them";
    return [{ text: `${are} in your library as ${as}. ${own}.` }];
  }
  return [
    {
      text: `${are} in your library as ${as}. Add --reformat to replace ${them} with ${format.toUpperCase()}.`,
    },
  ];
}

/** Songs that were fetched for one list and are in another, too: nobody takes them for "already there". */
function alsoInAnotherList(lists: JobReport['lists']): { readonly rows: number; readonly songs: number } {
  const nameOf = ({ artist, track }: TrackOutcome): string => `${artist}\n${track}`;
  const tracks = lists.flatMap((list) => list.tracks);
  const fetched = new Set(tracks.filter((track) => track.status === 'done').map(nameOf));
  const again = tracks.filter((track) => track.status === 'present').map(nameOf);
  const rows = again.filter((name) => fetched.has(name));
  return { rows: rows.length, songs: new Set(rows).size };
}

const remedyOf = (code: ErrorCode) => (track: TrackOutcome) =>
  track.failure?.fix ?? new HarmoniError(code, '').fix;

/** A heading, some of the tracks, the remedy. A message that all share stands in the heading once. */
function failureLines(
  title: string,
  tracks: readonly TrackOutcome[],
  remedy: string,
  options: ReportOptions,
): readonly ToneLine[] {
  const messages = new Set(tracks.map((track) => track.failure?.message ?? ''));
  const [shared = ''] = messages.size === 1 ? messages : [];
  const names = tracks.map((track) => {
    const name = songName(track.artist, track.track);
    const message = track.failure?.message ?? '';
    return shared === '' && message !== '' ? `  ${name}: ${message}` : `  ${name}`;
  });
  return [
    { text: `${title} (${tracks.length})${shared === '' ? '' : `: ${shared}`}`, tone: 'warn' },
    ...some(names, options),
    { text: `  Fix: ${remedy}`, tone: 'accent' },
  ];
}

/** One line per reason with its rows: "no title: row 3, row 8 (Queen - )"; with several lists "Evenings row 3". */
function skippedLines(lists: JobReport['lists'], options: ReportOptions): readonly ToneLine[] {
  const rows = lists.flatMap((list) =>
    list.skipped.map((row) => ({ ...row, list: lists.length > 1 ? `${list.name} ` : '' })),
  );
  const reasons = [...Map.groupBy(rows, (row) => row.reason)].map(([reason, group]) => {
    // Whole files, which the reason names, or links, which it doesn't.
    if (group.every(({ row }) => row === 0)) {
      const unnamed = group.flatMap(({ text = '' }) => (reason.includes(text) ? [] : [text]));
      return unnamed.length === 0 ? `  ${reason}` : `  ${unnamed.join(', ')}: ${reason}`;
    }
    const places = group
      .slice(0, 3)
      .map(({ list, row, text }) => `${list}row ${row}${text ? ` (${text})` : ''}`);
    const more = group.length > places.length ? ` and ${group.length - places.length} more` : '';
    return `  ${reason}: ${places.join(', ')}${more}`;
  });
  if (reasons.length === 0) return [];
  return [{ text: `Skipped (${rows.length})`, tone: 'dim' }, ...some(reasons, options)];
}

/** Why it ended before the end, and how it goes on. */
function stoppedLines(tracks: readonly TrackOutcome[]): readonly ToneLine[] {
  const stopped = tracks.filter((track) => track.status === 'cancelled');
  const [first] = stopped;
  if (first === undefined) return [];
  const before = `Stopped with ${count(stopped.length, 'song')} left`;
  const { failure } = first;
  if (failure === undefined || failure.code === 'cancelled') {
    return [{ text: `${before}. ${new HarmoniError('cancelled', '').fix}` }];
  }
  return [
    { text: `${before}: ${failure.message}`, tone: 'fail' },
    { text: `  Fix: ${resumeAfter(failure.fix)}`, tone: 'accent' },
  ];
}

/** A job that stopped is resumed, where a track that failed is retried. */
function resumeAfter(fix: string): string {
  const resume = fix.replace('harmoni retry', 'harmoni resume');
  return resume.includes('harmoni resume') ? resume : `${resume} Then run harmoni resume.`;
}

function some(lines: readonly string[], { named = 5, details }: ReportOptions): readonly ToneLine[] {
  // "and 1 more" would take the line that the one itself fits in.
  const shown = lines.length <= named + 1 ? lines : lines.slice(0, named);
  const left = lines.length - shown.length;
  const more: ToneLine[] = left > 0 ? [{ text: `  and ${left} more: ${details}`, tone: 'dim' }] : [];
  return [...shown.map((text) => ({ text })), ...more];
}

function placeLines(report: JobReport, { library }: ReportOptions): readonly ToneLine[] {
  if (report.summary.done + report.summary.present === 0) return [];
  const files = report.lists.flatMap((list) => list.playlistFile ?? []);
  const playlists = files.length > 3 ? [`${files.length} playlist files in ${library}`] : files;
  return [
    { text: `Music: ${library}`, tone: 'ok' },
    ...playlists.map((text): ToneLine => ({ text: `Playlist: ${text}`, tone: 'dim' })),
  ];
}
