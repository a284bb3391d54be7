import { countdown } from '../tracks/length-text.ts';
import { songName } from '../tracks/song-name.ts';
import type { StageName } from '../tracks/outcome.ts';
import type { ProgressLine, ProgressView } from '../ui/progress.ts';
import type { JobEvent } from './job-events.ts';
import type { VideoLimit } from './pacing.ts';
import { timeLeft, type Open, type Pace } from './time-left.ts';

/** What happens to a song at each stage, in the order of the stages. */
const stageWords: Readonly<Record<StageName, string>> = {
  present: 'looking',
  match: 'searching',
  download: 'downloading',
  convert: 'converting',
  check: 'checking',
  hear: 'comparing',
  enrich: 'tagging',
  tag: 'tagging',
  publish: 'filing',
};
const stages = Object.keys(stageWords) as readonly StageName[];
const isBefore = (stage: StageName, other: StageName): boolean =>
  stages.indexOf(stage) < stages.indexOf(other);

/** Those in which a song stays for a while come first, the searches that run ahead last. */
const shownOrder: readonly StageName[] = [
  ...(['download', 'convert', 'check', 'hear', 'enrich', 'tag', 'publish'] as const),
  ...(['match', 'present'] as const),
];
/** More tell nobody anything. */
const mostLines = 8;

/** A song on its way. */
interface Line {
  readonly label: string;
  readonly stage: StageName;
  readonly isWaiting: boolean;
  readonly fraction?: number;
  readonly bytesPerSecond?: number;
}

/** What the live display of a job knows; made by `startProgress`, carried on by `reduceProgress`. */
export interface ProgressState {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Songs without a certain match, which wait for the review. */
  readonly toReview: number;
  /** The pauses taken out of all that is measured. */
  readonly pausedMs: number;
  readonly pause: { readonly sinceMs: number; readonly untilMs: number; readonly reason: string } | undefined;
  readonly afterwards?: Pick<Extract<JobEvent, { type: 'afterwards' }>, 'step' | 'done' | 'total'>;
  readonly lines: ReadonlyMap<number, Line>;
  /** The pace but for what goes on now. */
  readonly counted: Omit<Pace, 'downloadingMs'>;
  /** When the first download began, and since when something is converted; the pauses taken out. */
  readonly downloadingSinceMs: number | undefined;
  readonly convertingSinceMs: number | undefined;
}

export function startProgress(): ProgressState {
  return {
    total: 0,
    done: 0,
    failed: 0,
    toReview: 0,
    pausedMs: 0,
    pause: undefined,
    lines: new Map(),
    counted: { downloaded: 0, converted: 0, convertingMs: 0, without: 0 },
    downloadingSinceMs: undefined,
    convertingSinceMs: undefined,
  };
}

/** Carries the state on by one event. Pure. */
export function reduceProgress(state: ProgressState, event: JobEvent, nowMs: number): ProgressState {
  switch (event.type) {
    case 'job-started':
      return { ...state, total: event.total };
    case 'track-stage':
    case 'track-waits': {
      const { artist, track } = event.track;
      const isWaiting = event.type === 'track-waits';
      return moved(
        state,
        event.index,
        { label: songName(artist, track), stage: event.stage, isWaiting },
        nowMs,
      );
    }
    case 'track-progress': {
      const line = state.lines.get(event.index);
      if (line === undefined || line.isWaiting) return state;
      const { label, stage, isWaiting } = line;
      const speed = event.bytesPerSecond === undefined ? {} : { bytesPerSecond: event.bytesPerSecond };
      const next = { label, stage, isWaiting, fraction: event.fraction, ...speed };
      return { ...state, lines: new Map(state.lines).set(event.index, next) };
    }
    case 'track-finished': {
      const { status } = event.outcome;
      const isOpen = status === 'unsure' || status === 'none';
      const isLost = status === 'failed' || status === 'cancelled';
      return {
        ...moved(state, event.index, undefined, nowMs),
        done: state.done + 1,
        failed: state.failed + (isLost ? 1 : 0),
        toReview: state.toReview + (isOpen ? 1 : 0),
      };
    }
    case 'paused':
      // Every process that waits says so; the pause began with the first.
      return {
        ...state,
        pause: { sinceMs: state.pause?.sinceMs ?? nowMs, untilMs: event.untilMs, reason: event.reason },
      };
    case 'resumed':
      return { ...state, pause: undefined, pausedMs: pausedMs(state, nowMs) };
    case 'afterwards':
      return { ...state, afterwards: event };
    case 'file-broken':
    case 'job-finished':
      return state;
  }
}

/** A song goes from one stage, or from nowhere, to another, or has ended. */
function moved(state: ProgressState, index: number, line: Line | undefined, nowMs: number): ProgressState {
  const before = state.lines.get(index);
  const lines = new Map(state.lines);
  if (line === undefined) lines.delete(index);
  else lines.set(index, line);
  const from = before?.stage ?? 'present';
  const { counted } = state;
  const atMs = workedMs(state, nowMs);
  const isConverting = [...lines.values()].some((one) => one.stage === 'convert' && !one.isWaiting);
  const since = state.convertingSinceMs;
  return {
    ...state,
    lines,
    counted: {
      downloaded: counted.downloaded + Number(from === 'download' && line?.stage === 'convert'),
      converted: counted.converted + Number(from === 'convert' && line?.stage === 'check'),
      convertingMs: counted.convertingMs + (isConverting || since === undefined ? 0 : atMs - since),
      without: counted.without + Number(line === undefined && isBefore(from, 'download')),
    },
    downloadingSinceMs:
      state.downloadingSinceMs ?? (line?.stage === 'download' && !line.isWaiting ? atMs : undefined),
    convertingSinceMs: isConverting ? (since ?? atMs) : undefined,
  };
}

/** All pauses until now. */
function pausedMs({ pausedMs: before, pause }: ProgressState, nowMs: number): number {
  return before + (pause === undefined ? 0 : nowMs - pause.sinceMs);
}

/** The time without its pauses: only its differences mean something. */
function workedMs(state: ProgressState, nowMs: number): number {
  return nowMs - pausedMs(state, nowMs);
}

/** What is to be drawn now. Pure. */
export function viewOf(state: ProgressState, title: string, limit: VideoLimit): ProgressView {
  const { pause } = state;
  const { nowMs } = limit;
  // Nothing is downloaded in a pause.
  const goesOnMs = Math.max(nowMs, pause?.untilMs ?? nowMs);
  const leftMs = timeLeft(paceOf(state, nowMs), openOf(state), { ...limit, nowMs: goesOnMs });
  const etaMs = leftMs === undefined ? undefined : leftMs + goesOnMs - nowMs;
  const queue = queueText(state);
  return {
    title,
    done: state.done,
    total: state.total,
    failed: state.failed,
    toReview: state.toReview,
    lines: shownLines(state),
    ...(queue === '' ? {} : { queue }),
    ...(etaMs === undefined ? {} : { etaMs }),
    ...(pause === undefined
      ? {}
      : { notice: `${pause.reason}: continuing in ${countdown(pause.untilMs - nowMs)}` }),
  };
}

/** What happens now, and to which songs. */
function shownLines({ lines }: ProgressState): readonly ProgressLine[] {
  return [...lines.values()]
    .filter(({ isWaiting }) => !isWaiting)
    .toSorted((a, b) => shownOrder.indexOf(a.stage) - shownOrder.indexOf(b.stage))
    .slice(0, mostLines)
    .map(({ label, stage, fraction, bytesPerSecond }) => ({
      label,
      stage: stageWords[stage],
      ...(fraction === undefined ? {} : { fraction }),
      ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
    }));
}

/** What is done when all songs are there. */
export const afterwardsWords = {
  loudness: 'Measuring loudness',
  musicbrainz: 'Looking up at MusicBrainz',
} as const;

/** "34 waiting to convert, 12 to download, 210 to look up"; '' where nothing waits. */
function queueText(state: ProgressState): string {
  const { afterwards: now } = state;
  if (now !== undefined) return `${afterwardsWords[now.step]}: ${now.done} of ${now.total}`;
  const { untouched } = openOf(state);
  const waiting = (...at: StageName[]): number =>
    [...state.lines.values()].filter(({ isWaiting, stage }) => isWaiting && at.includes(stage)).length;
  const counts = [
    [waiting('convert'), 'to convert'],
    [waiting('download'), 'to download'],
    [waiting('match') + untouched, 'to look up'],
  ] as const;
  const [first, ...others] = counts.filter(([count]) => count > 0).map(([count, what]) => [`${count}`, what]);
  if (first === undefined) return '';
  return [`${first[0]} waiting ${first[1]}`, ...others.map((one) => one.join(' '))].join(', ');
}

function openOf({ total, done, lines }: ProgressState): Open {
  const all = [...lines.values()];
  return {
    before: all.filter(({ stage }) => isBefore(stage, 'convert')).length,
    toConvert: all.filter(({ stage }) => stage === 'convert').length,
    untouched: Math.max(0, total - done - lines.size),
  };
}

function paceOf(state: ProgressState, nowMs: number): Pace {
  const { counted, downloadingSinceMs, convertingSinceMs } = state;
  const atMs = workedMs(state, nowMs);
  return {
    ...counted,
    downloadingMs: downloadingSinceMs === undefined ? undefined : atMs - downloadingSinceMs,
    convertingMs: counted.convertingMs + (convertingSinceMs === undefined ? 0 : atMs - convertingSinceMs),
  };
}
