import type { Running } from './drive.ts';
import type { Trial, TrialChoice } from './trial.ts';
import type { Random } from '../random.ts';

/** One way in which things go wrong, drawn for one run. */
export interface Fault {
  /** What kind it is, and its details for the report. */
  readonly about: string;
  /** What of the run's choice it needs otherwise. */
  readonly choice?: Partial<TrialChoice>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Before the library holds anything. */
  readonly beforeLibrary?: (library: string) => void;
  /** For children that hang. */
  readonly silenceMs?: number;
  /** Before the disturbed run. */
  readonly arm?: (trial: Trial) => void;
  /** While it runs. */
  readonly during?: (trial: Trial, running: Running) => Promise<void>;
  /** How long it may take from the first signal to the end. */
  readonly mostAfterSignalMs?: number;
  /** HARMONI alone was killed: its children are only gone when the next one was there. */
  readonly leavesChildren?: boolean;
  /** The fault is gone. */
  readonly lift?: (trial: Trial) => void;
  /** What else has to work then. */
  readonly after?: (trial: Trial, run: RunHarmoni) => Promise<void>;
}

/** Runs HARMONI undisturbed, and looks at its end. */
export type RunHarmoni = (what: string, args: readonly string[]) => Promise<string>;

/** A kind of fault. */
export interface FaultKind {
  readonly kind: string;
  /** Why it cannot be tried on this machine. */
  readonly lacks?: () => string | undefined;
  draw(random: Random, songs: number): Fault;
}
