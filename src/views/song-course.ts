import type { HarmoniError } from '../errors.ts';
import { nameOf, type LibrarySong } from '../library/songs.ts';
import { countsText } from '../ui/progress-text.ts';
import type { Progress, ProgressView } from '../ui/progress.ts';

/** Work on songs of the library, one after the other or several at once. */
export interface SongCourse {
  begun(song: LibrarySong): void;
  /** @param fraction 0..1 of this song */
  part(song: LibrarySong, fraction: number): void;
  ended(song: LibrarySong, error?: HarmoniError): void;
  /** Takes the display away. */
  end(): void;
}

/** What is shown of it. */
interface Shown {
  readonly title: string;
  /** What happens to a song: "converting". */
  readonly stage: string;
  /** By which the time that's left is told: songs differ in length. */
  readonly weightOf: (song: LibrarySong) => number;
}

const drawnEveryMs = 100;
/** Where there is no display, so often a line tells how far it is. */
const toldEveryMs = 60_000;
/** Before this, nothing is known of the pace. */
const leastMs = 3_000;

/** Shows how far the work is and how long it still takes, as a live display or as a line now and then. */
export function followSongs(
  { progress, clock }: { readonly progress: Progress; readonly clock: { now(): number } },
  songs: readonly LibrarySong[],
  { title, stage, weightOf }: Shown,
): SongCourse {
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
  return {
    begun(song) {
      fractions.set(song, 0);
      show();
    },
    part(song, fraction) {
      fractions.set(song, fraction);
      show();
    },
    ended(song, error) {
      fractions.delete(song);
      done += 1;
      doneWeight += weightOf(song);
      if (error !== undefined) failed += 1;
      show(true);
    },
    end: () => progress.end(),
  };
}
