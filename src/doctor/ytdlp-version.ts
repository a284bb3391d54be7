/** yt-dlp's versions are dates: 2026.10.26, of nightly builds 2026.10.26.232815. Pure. */

/** From when on a stale yt-dlp is warned of: YouTube changes, and yt-dlp follows, on a scale of weeks. */
const staleAfterDays = 60;

const dayMs = 24 * 60 * 60 * 1000;

/** The version in what `yt-dlp --version` prints, or undefined when that is something else. */
export function parseYtDlpVersion(output: string): string | undefined {
  return /^\d{4}\.\d{2}\.\d{2}(\.\d+)?$/.exec(output.trim())?.[0];
}

/** Whole days from the version's date to `nowMs`; never below 0. */
export function ageInDays(version: string, nowMs: number): number {
  const releasedMs = Date.parse(`${version.slice(0, 10).replaceAll('.', '-')}T00:00:00Z`);
  return Math.max(0, Math.floor((nowMs - releasedMs) / dayMs));
}

export function isStale(version: string, nowMs: number): boolean {
  return ageInDays(version, nowMs) > staleAfterDays;
}

/** For so long nobody looks for a newer one after HARMONI has fetched the newest. */
const freshForDays = 7;

/** Whether a newer one may be had: it is stale, and not HARMONI's own copy that was fetched just now. */
export function isWorthUpdating(
  found: { readonly version: string; readonly origin: string; readonly changedMs: number },
  nowMs: number,
): boolean {
  const justFetched = found.origin === 'own' && nowMs - found.changedMs < freshForDays * dayMs;
  return isStale(found.version, nowMs) && !justFetched;
}

/** Dates in this notation sort as text. */
export function isNewer(version: string, than: string): boolean {
  return version > than;
}

/**
 * Whether it knows --js-runtimes, without which YouTube gives it no or few formats. Since 2025.11.12;
 * an older one ends with "no such option".
 */
export function supportsJsRuntimes(version: string): boolean {
  return version >= '2025.11.12';
}

/** Whether it knows --progress-delta, the least time between two lines of progress. Since 2024.04.09. */
export function supportsProgressDelta(version: string): boolean {
  return version >= '2024.04.09';
}
