import type { ConvertHooks } from '../engine/convert.ts';
import { nameOf, type LibrarySong } from '../library/songs.ts';
import type { WorkSignal } from '../system/work-signal.ts';
import { countsText } from '../ui/progress-text.ts';
import type { Progress, ProgressView } from '../ui/progress.ts';

/** What is shown of work on songs. */
interface Shown {
  readonly title: string;
  /** What happens to a song: "converting". */
  readonly stage: string;
}

interface CourseParts {
  readonly progress: Progress;
  readonly clock: { now(): number };
  readonly beginWork: () => WorkSignal;
}

/** Works on songs until it's done or stopped, and shows how far it is and how long it still takes. */
export async function workOnSongs<T>(
  parts: CourseParts,
  songs: readonly LibrarySong[],
  shown: Shown,
  work: (hooks: ConvertHooks) => Promise<T>,
): Promise<T> {
  const begun = parts.beginWork();
  try {
    return await work({ signal: begun.signal, emit: followSongs(parts, songs, shown) });
  } finally {
    parts.progress.end();
    begun.done();
  }
}

const drawnEveryMs = 100;
/** Where there is no display, so often a line tells how far it is. */
const toldEveryMs = 60_000;
/** Before this, nothing is known of the pace. */
const leastMs = 3_000;

/** A live display, or a line now and then. The time that's left goes by how long songs are. */
function followSongs(
  { progress, clock }: CourseParts,
  songs: readonly LibrarySong[],
  { title, stage }: Shown,
): ConvertHooks['emit'] {
  const weightOf = ({ file }: LibrarySong): number => file.durationMs ?? 0;
  const weight = (some: Iterable<LibrarySong>): number =>
    [...some].reduce((sum, song) => sum + weightOf(song), 0);
  const all = weight(songs);
  const fractions = new Map<LibrarySong, number>();
  const startedMs = clock.now();
  let [done, failed, doneWeight, drawnMs, toldMs] = [0, 0, 0, 0, startedMs];

  function viewNow(nowMs: number): ProgressView {
    const begun = [...fractions].reduce((sum, [song, fraction]) => sum + fraction * weightOf(song), 0);
    const share = all === 0 ? 0 : (doneWeight + begun) / all;
    const tookMs = nowMs - startedMs;
    const lines = [...fractions].map(([song, fraction]) => ({ label: nameOf(song), stage, fraction }));
    const etaMs = share > 0 && tookMs > leastMs ? { etaMs: (tookMs / share) * (1 - share) } : {};
    return { title, done, total: songs.length, failed, lines, ...etaMs };
  }
  function show(isForced = false): void {
    const nowMs = clock.now();
    if (progress.isLive && (isForced || nowMs - drawnMs >= drawnEveryMs)) {
      drawnMs = nowMs;
      progress.draw(viewNow(nowMs));
    } else if (!progress.isLive && nowMs - toldMs >= toldEveryMs) {
      toldMs = nowMs;
      progress.print(countsText(viewNow(nowMs)));
    }
  }
  return (event) => {
    const { song } = event;
    if (event.type === 'begun') fractions.set(song, 0);
    else if (event.type === 'part') fractions.set(song, event.fraction);
    else {
      fractions.delete(song);
      done += 1;
      doneWeight += weightOf(song);
      if (event.error !== undefined) failed += 1;
    }
    show(event.type === 'ended');
  };
}
