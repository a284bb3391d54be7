/** What is typed as an answer where there are no arrow keys. Pure. */

/** A choice by its number, with the letter of a key before it: "3", "p 3". undefined: it can't be read. */
export function readChoice(
  text: string,
  count: number,
  keys: readonly string[],
): { readonly at: number; readonly key?: string } | undefined {
  const [, key, digits] = /^(?:([a-z])\s*)?(\d{1,6})$/i.exec(text.trim()) ?? [];
  const at = Number(digits) - 1;
  if (digits === undefined || at < 0 || at >= count) return undefined;
  if (key === undefined) return { at };
  return keys.includes(key.toLowerCase()) ? { at, key: key.toLowerCase() } : undefined;
}

/**
 * Which rows are taken: nothing typed leaves the ticks as they are, "all", "none", "1-5, 8" for exactly these, "not 3-4"
 * for the ticks without these. undefined: it can't be read.
 */
export function readSelection(text: string, ticked: readonly boolean[]): readonly boolean[] | undefined {
  const said = text.trim().toLowerCase();
  if (said === '') return ticked;
  if (said === 'all' || said === 'none') return ticked.map(() => said === 'all');
  const [, not, list = ''] = /^(not\s+)?([\d\s,-]+)$/.exec(said) ?? [];
  const named = new Set<number>();
  for (const part of list.split(',')) {
    const [, from, to = from] = /^\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === undefined || first < 1 || last < first || last > ticked.length) return undefined;
    for (let number = first; number <= last; number += 1) named.add(number - 1);
  }
  return ticked.map((tick, at) => (not === undefined ? named.has(at) : tick && !named.has(at)));
}

/** Yes, no, or what Enter stands for. undefined: it can't be read. */
export function readYesNo(text: string, given: boolean): boolean | undefined {
  const said = text.trim().toLowerCase();
  if (said === '') return given;
  if (said === 'y' || said === 'yes') return true;
  return said === 'n' || said === 'no' ? false : undefined;
}
