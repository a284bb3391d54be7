/**
 * How many letters must be put in, left out, changed or swapped with their neighbour to make one text of the other
 * (optimal string alignment). Counts UTF-16 units. Pure.
 */
export function editDistance(a: string, b: string): number {
  let start = 0;
  let endA = a.length;
  let endB = b.length;
  while (start < endA && start < endB && a[start] === b[start]) start += 1;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const width = endB - start;
  if (endA === start || width === 0) return Math.max(endA - start, width);
  let before: number[] = [];
  let row = Array.from({ length: width + 1 }, (_, column) => column);
  for (let i = start + 1; i <= endA; i += 1) {
    const next = [i - start];
    for (let column = 1; column <= width; column += 1) {
      const j = start + column;
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min((row[column - 1] ?? 0) + (isSame ? 0 : 1), (row[column] ?? 0) + 1);
      least = Math.min(least, (next[column - 1] ?? 0) + 1);
      const isSwap = i > start + 1 && column > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(isSwap ? Math.min(least, (before[column - 2] ?? 0) + 1) : least);
    }
    [before, row] = [row, next];
  }
  return row[width] ?? 0;
}
