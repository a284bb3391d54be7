/** How long to wait before the next try. Pure: the waiting is somebody else's. */

/** A week: more is a wrong clock on one side or the other. */
const mostRetryAfterMs = 7 * 24 * 3_600_000;

/** Retry-After (RFC 9110, 10.2.3): seconds or an HTTP date. Milliseconds from now, or undefined when it says nothing. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(mostRetryAfterMs, Number(text) * 1000);
  // Date.parse takes nearly anything for a date, "1.5" and "soon 3" among them.
  const date = /^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(mostRetryAfterMs, Math.max(0, date - nowMs));
}

/**
 * Exponential backoff with jitter: `baseMs` doubled per attempt, never above `mostMs`, spread by +-`jitter` (0..1).
 * `attempt` counts from 1; `random` is 0..1.
 */
export function backoffMs(
  attempt: number,
  options: { baseMs: number; mostMs: number; jitter: number },
  random: number,
): number {
  // Far more doublings than any bound needs; without end, 0 * Infinity would be no number.
  const plain = Math.min(options.mostMs, options.baseMs * 2 ** Math.min(attempt - 1, 60));
  return Math.round(plain * (1 + options.jitter * (2 * random - 1)));
}
