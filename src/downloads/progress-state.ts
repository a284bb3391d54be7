import { countdown } from '../tracks/length-text.ts';
import { songName } from '../tracks/song-name.ts';
import type { ProgressView } from '../ui/progress.ts';
import type { JobEvent } from './job-events.ts';
import type { StageName } from '../tracks/outcome.ts';

const stageWords: Readonly<Record<StageName, string>> = {
  present: 'looking',
  match: 'searching',
  download: 'downloading',
  convert: 'converting',
  check: 'checking',
  enrich: 'tagging',
  tag: 'tagging',
  publish: 'filing',
};

const waiting = 'waiting';

interface Line {
  readonly label: string;
  readonly stage: string;
  readonly fraction?: number;
  readonly bytesPerSecond?: number;
}

/** What the live display of a job knows; made by `startProgress`, carried on by `reduceProgress`. */
export interface ProgressState {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly startedMs: number;
  /** Since when tracks have been finished; the pauses taken out. */
  readonly pausedMs: number;
  readonly pause: { readonly sinceMs: number; readonly untilMs: number; readonly reason: string } | undefined;
  readonly lines: ReadonlyMap<number, Line>;
}

export function startProgress(nowMs: number): ProgressState {
  return { total: 0, done: 0, failed: 0, startedMs: nowMs, pausedMs: 0, pause: undefined, lines: new Map() };
}

/** Carries the state on by one event. Pure. */
export function reduceProgress(state: ProgressState, event: JobEvent, nowMs: number): ProgressState {
  switch (event.type) {
    case 'job-started':
      return { ...state, total: event.total };
    case 'track-stage':
    case 'track-waits': {
      const { artist, track } = event.track;
      const label = songName(artist, track);
      const stage = event.type === 'track-waits' ? waiting : stageWords[event.stage];
      return { ...state, lines: new Map(state.lines).set(event.index, { label, stage }) };
    }
    case 'track-progress': {
      const line = state.lines.get(event.index);
      if (line === undefined) return state;
      const speed = event.bytesPerSecond === undefined ? {} : { bytesPerSecond: event.bytesPerSecond };
      const next = { label: line.label, stage: line.stage, fraction: event.fraction, ...speed };
      return { ...state, lines: new Map(state.lines).set(event.index, next) };
    }
    case 'track-finished': {
      const lines = new Map(state.lines);
      lines.delete(event.index);
      const good = event.outcome.status === 'done' || event.outcome.status === 'present';
      return { ...state, lines, done: state.done + 1, failed: state.failed + (good ? 0 : 1) };
    }
    case 'paused':
      // Every process that waits says so; the pause began with the first.
      return {
        ...state,
        pause: { sinceMs: state.pause?.sinceMs ?? nowMs, untilMs: event.untilMs, reason: event.reason },
      };
    case 'resumed': {
      const paused = state.pause === undefined ? 0 : nowMs - state.pause.sinceMs;
      return { ...state, pause: undefined, pausedMs: state.pausedMs + paused };
    }
    case 'file-broken':
    case 'job-finished':
      return state;
  }
}

/** What is to be drawn now. The time left is told once a few tracks have shown the pace. Pure. */
export function viewOf(state: ProgressState, title: string, nowMs: number): ProgressView {
  const workedMs = nowMs - state.startedMs - state.pausedMs;
  const etaMs = state.done < 3 ? undefined : (workedMs / state.done) * (state.total - state.done);
  const { pause } = state;
  // Those that wait, and the searches that run ahead, are of interest only while nothing else happens.
  const lines = [...state.lines.values()];
  const found = lines.filter((line) => line.stage !== waiting);
  const busy = found.filter((line) => line.stage !== stageWords.match);
  const shown = [busy, found, lines].find((some) => some.length > 0) ?? [];
  return {
    title,
    done: state.done,
    total: state.total,
    failed: state.failed,
    lines: shown,
    ...(etaMs === undefined || pause !== undefined ? {} : { etaMs }),
    ...(pause === undefined
      ? {}
      : { notice: `${pause.reason}: going on in ${countdown(pause.untilMs - nowMs)}` }),
  };
}
