/** The songs of a month, and all until its end. */
export interface Growth {
  /** YYYY-MM, where the user is. */
  readonly month: string;
  readonly added: number;
  readonly total: number;
}

/** More months than these are of a clock that was wrong. */
const mostMonths = 12 * 60;

/** Each month from the first song to the last, also those without any. Pure. */
export function growthOf(songs: readonly { readonly addedAtMs: number }[]): readonly Growth[] {
  const counts = new Map<number, number>();
  for (const { addedAtMs } of songs) {
    const day = new Date(addedAtMs);
    const month = day.getFullYear() * 12 + day.getMonth();
    if (Number.isFinite(month)) counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const last = Math.max(...counts.keys());
  const first = Math.max(Math.min(...counts.keys()), last - mostMonths);
  let total = [...counts].reduce((sum, [month, added]) => sum + (month < first ? added : 0), 0);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const month = first + index;
    const added = counts.get(month) ?? 0;
    total += added;
    const name = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    return { month: name, added, total };
  });
}
