/** "1. ", "2) ", "[3] ", "4: " */
const marked = /^[([]?(\d{1,5})[.)\]:]+(?:\s+(?=\S)|(?=[^\s\d]))/;
/** "01 - " */
const dashed = /^(\d{1,5})\s*[-–—_]\s+(?=\S)/;
/** "01 " */
const spaced = /^(\d{1,5})\s+(?=\S)/;

const separator = /\s[-–—]\s/;

/**
 * The lines without their numbers, where they are clearly numbers of a list: they count up or down, one by one, through
 * most of it. "99 Problems" and "1975 - Title" keep theirs. Pure.
 */
export function withoutNumbers(lines: readonly string[]): readonly string[] {
  const [only] = lines;
  if (only !== undefined && lines.length === 1) return [withoutOneNumber(only)];
  for (const form of [marked, dashed, spaced]) {
    const counting = linesThatCount(lines, form);
    const enough = form === spaced ? Math.max(3, lines.length) : Math.max(2, lines.length * 0.6);
    if (counting.size >= enough) {
      return lines.map((line, index) => (counting.has(index) ? line.replace(form, '') : line));
    }
  }
  return lines;
}

/** Of a single line that is left over, the number must leave an artist and a title. */
function withoutOneNumber(line: string): string {
  for (const form of [marked, /^(?:0\d{1,3}|1)\s*[-–—_]\s+(?=\S)/]) {
    const rest = line.replace(form, '');
    if (rest !== line && separator.test(rest)) return rest;
  }
  return line;
}

function linesThatCount(lines: readonly string[], form: RegExp): ReadonlySet<number> {
  const numbered = lines.flatMap((line, index) => {
    const number = form.exec(line)?.[1];
    return number === undefined ? [] : [{ index, number: Number(number) }];
  });
  const [first, second] = numbered;
  if (first === undefined || second === undefined) return new Set();
  // A chart may count down; without a mark of its own, a number is only believed from the beginning.
  const step = form === marked && second.number < first.number ? -1 : 1;
  if (form !== marked && first.number > 1) return new Set();
  const counting = new Set<number>();
  let next = first.number;
  for (const { index, number } of numbered) {
    if (number !== next) continue;
    counting.add(index);
    next += step;
  }
  return counting;
}
