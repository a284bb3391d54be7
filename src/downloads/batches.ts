import type { Waiting } from './stage.ts';

/** How many songs one yt-dlp takes, and how many run side by side. Pure. */

/** The first one begins with so few, so that all that comes after it soon has something to do. */
const first = 4;
const fewest = 8;
const most = 50;
/** A yt-dlp with no more songs than this is done when the next one has started. */
const nearlyDone = 8;

export interface Help {
  /** How many yt-dlps are of use side by side. */
  readonly helpers: number;
  /** Fewer songs than this are not worth a start. */
  readonly least: number;
  readonly isFirst: boolean;
  /** Nobody knows yet how long a song takes. */
  readonly isUnknown: boolean;
}

/** The size of the next batch; 0: nobody begins one now. */
export function nextBatch(
  { waiting, toCome, mayCome, calls, open }: Waiting,
  { helpers, least, isFirst, isUnknown }: Help,
): number {
  const left = waiting + toCome;
  if (calls >= Math.max(1, helpers)) {
    // One is begun ahead, so that nobody waits for its start. On a line that may be slow it would take what others could.
    const isFull = (waiting >= most || !mayCome) && !isUnknown;
    return open <= nearlyDone && calls === 1 && isFull ? Math.min(waiting, most) : 0;
  }
  if (waiting < least && mayCome) return 0;
  if (isFirst && left <= 2 * first) return mayCome ? 0 : waiting;
  // Each takes its part of what is left, so that they end together.
  return Math.min(waiting, most, Math.max(least, Math.ceil(left / helpers)));
}

/** What the start of a yt-dlp costs. */
const startMs = 700;
/** So long the first one may take, its start included, until another one tries. */
const slowFirstMs = 4_000;
/** A song that takes one yt-dlp longer than this waits for the line, or for the other side, whatever the machine does. */
const slowSongMs = 1_000;
/** Cores that one yt-dlp takes where nothing makes it wait. */
const coresEach = 0.8;

/** One yt-dlp at work. */
export interface Call {
  /** It is through with a song: has it, or cannot get it. */
  next(nowMs: number): void;
  ended(): void;
}

export interface Pace {
  /** Whom it is worth to start now. */
  help(now: Pick<Waiting, 'waiting' | 'toCome' | 'calls'>, idleCores: number, nowMs: number): Help;
  /** A yt-dlp begins. */
  begin(nowMs: number): Call;
}

/**
 * Watches how long a yt-dlp takes for a song while it is at work: what songs wait for elsewhere, for a conversion or the
 * next hour, doesn't count. Times are monotonic, in ms.
 * @param processes how many may run side by side
 */
export function createPace(processes: number): Pace {
  /** Those at work: since when each is at its song, and whether that is its first. */
  const running = new Set<{ sinceMs: number; isFirst: boolean }>();
  let isFirst = true;
  /** Of one song, lately. */
  let songMs: number | undefined;

  /** Whether the line or the other side is what they wait for. */
  function isSlow(nowMs: number): boolean {
    if ((songMs ?? 0) > slowSongMs) return true;
    return [...running].some((call) => nowMs - call.sinceMs > (call.isFirst ? slowFirstMs : slowSongMs));
  }

  return {
    help({ waiting, toCome, calls }, idleCores, nowMs) {
      // Nobody knows the line yet. If it's slow, the others are to find something to do.
      if (isFirst) return { helpers: processes, least: first, isFirst, isUnknown: true };
      const slow = isSlow(nowMs);
      const eachMs = Math.max(songMs ?? 0, slow ? slowSongMs : 0);
      const workMs = (waiting + toCome) * eachMs;
      let helpers = 1;
      // One more saves workMs / helpers - workMs / (helpers + 1), and costs a start.
      while (helpers < processes && workMs > startMs * helpers * (helpers + 1)) helpers += 1;
      const room = slow ? processes : Math.max(1, calls + Math.round(idleCores / coresEach));
      const least = Math.max(1, Math.min(2 * fewest, Math.ceil(startMs / Math.max(1, eachMs))));
      return { helpers: Math.min(helpers, room), least, isFirst, isUnknown: songMs === undefined && !slow };
    },
    begin(nowMs) {
      isFirst = false;
      const call = { sinceMs: nowMs, isFirst: true };
      running.add(call);
      return {
        next(atMs) {
          const tookMs = atMs - call.sinceMs;
          // The first one's time is mostly that of the start.
          if (!call.isFirst) songMs = songMs === undefined ? tookMs : 0.8 * songMs + 0.2 * tookMs;
          call.sinceMs = atMs;
          call.isFirst = false;
        },
        ended: () => void running.delete(call),
      };
    },
  };
}
