/** A length for people: "3:25", "1:02:03". Pure. */
export function minutes(durationMs: number): string {
  const total = Math.round(durationMs / 1000);
  const seconds = String(total % 60).padStart(2, '0');
  if (total < 3600) return `${Math.floor(total / 60)}:${seconds}`;
  return `${Math.floor(total / 3600)}:${String(Math.floor(total / 60) % 60).padStart(2, '0')}:${seconds}`;
}

/** The time that is left, as `minutes` and rounded up: it reads "0:00" only when it is over. Pure. */
export function countdown(leftMs: number): string {
  return minutes(Math.ceil(Math.max(0, leftMs) / 1000) * 1000);
}

/** "3:25", "1:02:03" and "00:01:02.50" in milliseconds; undefined for other texts. Pure. */
export function readLength(text: string): number | undefined {
  const match = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2}(?:\.\d+)?)$/.exec(text.trim());
  if (match === null) return undefined;
  return Math.round(((Number(match[1] ?? 0) * 60 + Number(match[2])) * 60 + Number(match[3])) * 1000);
}
