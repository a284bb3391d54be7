const hourMs = 3_600_000;
/** A clock that was seen about here so long ago is right. */
const longEnoughMs = 12 * hourMs;
const aboutHereMs = 7 * 24 * hourMs;

/**
 * The time by which things may be given up for their age. After a jump of the clock, or a long pause, it's the last time
 * that was seen before, until the clock has stood about here for half a day. Pure.
 * @param seen a moment of each day on which HARMONI worked
 */
export function trustedTime(seen: readonly number[], nowMs: number): number {
  const isConfirmed = seen.some((at) => at <= nowMs - longEnoughMs && at >= nowMs - aboutHereMs);
  return isConfirmed ? nowMs : Math.max(0, ...seen.filter((at) => at < nowMs - aboutHereMs));
}
