import type { Tone } from './prompter.ts';

/** One track in flight. */
export interface ProgressLine {
  readonly label: string;
  /** "searching", "downloading", "converting", "tagging" ... */
  readonly stage: string;
  /** 0..1 where known. */
  readonly fraction?: number;
  readonly bytesPerSecond?: number;
}

/** All of what the live display shows. */
export interface ProgressView {
  readonly title: string;
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Those that wait for the user; none without. */
  readonly toReview?: number;
  readonly etaMs?: number;
  /** A countdown or another thing to know now. */
  readonly notice?: string;
  readonly lines: readonly ProgressLine[];
  /** What waits, in one line. */
  readonly queue?: string;
  /** Nothing is going on, so nothing is counted. */
  readonly isIdle?: boolean;
}

/** Where the progress of long work is shown. */
export interface Progress {
  /** Whether there is a display that changes. Without it `draw` does nothing, and what is to be known must be printed. */
  readonly isLive: boolean;
  /** Whether it's a log: each song is a line of its own, and nothing needs to be told in between. */
  readonly isLog?: boolean;
  draw(view: ProgressView): void;
  /** Prints a line that stays, above the display. */
  print(line: string, tone?: Tone): void;
  /** From now on, what is printed goes there: to a log, which has a form of its own. Not where there's a display. */
  logTo?(print: (line: string, tone?: Tone) => void): void;
  /** Draws attention by the terminal's own means; nothing where there is no terminal. */
  alert(text: string): void;
  /** Takes the display away; must come before any question. */
  end(): void;
}
