import type { Log } from '../system/log.ts';
import type { Output } from '../ui/output.ts';
import type { Progress, ProgressView } from '../ui/progress.ts';
import type { Tone, ToneLine } from '../ui/prompter.ts';
import { isoLocal } from './schedule-text.ts';
import type { SyncParts } from './sync.ts';

export interface WatchLogParts {
  readonly clock: { now(): number };
  readonly progress: Progress;
  readonly output: Pick<Output, 'log'>;
  readonly log: Log;
}

/** What a watch says: lines with their time, above a live display where there's a terminal. */
export interface WatchLog {
  readonly say: (text: string, tone?: Tone) => void;
  /** Nothing is going on. */
  showIdle(view: Pick<ProgressView, 'title' | 'queue'>): void;
  end(): void;
  /** The parts of a sync that asks nothing, and says what it does here. */
  partsOf(parts: SyncParts): SyncParts;
}

export function createWatchLog({ clock, progress, log, output: out }: WatchLogParts): WatchLog {
  const print = (text: string, tone?: Tone): void => {
    const time = isoLocal(clock.now());
    if (progress.isLive) progress.print(`${time.slice(11, 16)} ${text}`, tone);
    else out.log(`${time} ${text}`);
  };
  const say = (text: string, tone?: Tone): void => {
    log.write(tone === 'fail' ? 'warn' : 'info', text);
    print(text, tone);
  };
  const output: Output = {
    json: false,
    columns: 80,
    say: print,
    lines: (lines) => joined(lines).forEach(({ text, tone }) => print(text, tone)),
    log: print,
    raw: print,
    document: () => undefined,
  };
  // Whatever else has something to say, such as that yt-dlp is old.
  if (!progress.isLive) progress.logTo?.(print);
  const logged: Progress = progress.isLive ? { ...progress, print } : { ...progress, isLog: true, print };
  return {
    say,
    showIdle: (view) => progress.draw({ ...view, isIdle: true, done: 0, total: 0, failed: 0, lines: [] }),
    end: () => progress.end(),
    partsOf: (parts) => ({
      env: parts.env,
      log: parts.log,
      http: parts.http,
      clock: parts.clock,
      paths: parts.paths,
      prompter: parts.prompter,
      store: parts.store,
      get spotify() {
        return parts.spotify;
      },
      // It may be read again between two syncs.
      get config() {
        return parts.config;
      },
      beginWork: () => parts.beginWork(),
      downloadDeps: () => parts.downloadDeps(),
      sources: () => parts.sources(),
      backUpIfDue: async () => parts.backUpIfDue?.(),
      interactive: false,
      output,
      progress: logged,
    }),
  };
}

/** A line that is set in belongs to the one before: in a log each event is one line. Pure. */
function joined(lines: readonly ToneLine[]): readonly ToneLine[] {
  const whole: ToneLine[] = [];
  for (const line of lines) {
    const before = whole.at(-1);
    if (before !== undefined && line.text.startsWith(' ')) {
      whole[whole.length - 1] = { ...before, text: `${before.text} ${line.text.trim()}` };
    } else whole.push(line);
  }
  return whole;
}
