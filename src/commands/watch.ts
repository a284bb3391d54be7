import { faultOfHeart } from '../automation/heartbeat.ts';
import { holderText } from '../engine/take-turn.ts';
import { watchLists, type WatchOptions, type WatchParts } from '../views/watch.ts';

/** harmoni watch. Where another one watches the same data folder, it says so and ends. Returns the exit code. */
export async function runWatch(parts: WatchParts, options: WatchOptions): Promise<number> {
  const { store, output, clock } = parts;
  const other = store.turns.take('watch');
  if (other !== undefined) {
    output.say(`HARMONI is already watching your playlists, ${holderText(other, clock.now())}.`);
    const { pid, host, since } = other;
    output.document({ watching: { pid, host, since: new Date(since).toISOString() } });
    return 0;
  }
  try {
    return await watchLists(parts, options);
  } finally {
    store.turns.release('watch');
    output.document({ watching: null });
  }
}

export interface HealthParts {
  readonly output: Pick<WatchParts['output'], 'lines' | 'document'>;
  readonly clock: { now(): number };
  readonly paths: Pick<WatchParts['paths'], 'data'>;
  readonly store: { readonly turns: Pick<WatchParts['store']['turns'], 'holder'> };
}

/**
 * harmoni watch --health: whether the watch is alive and the store can be opened, for a container's health check.
 * @throws HarmoniError store-*, from the store
 */
export async function runWatchHealth({ output, clock, paths, store }: HealthParts): Promise<number> {
  // The beat of one that was killed is fresh for a while. Its turn ended with it.
  const watcher = store.turns.holder('watch');
  const fault =
    watcher === undefined ? "harmoni watch isn't running." : await faultOfHeart(paths.data, clock.now());
  const since = watcher === undefined ? '' : `, ${holderText(watcher, clock.now())}`;
  const message = fault ?? `harmoni watch is running${since}.`;
  output.lines([{ text: message, tone: fault === undefined ? 'ok' : 'fail' }]);
  output.document({ ok: fault === undefined, message });
  return fault === undefined ? 0 : 1;
}
