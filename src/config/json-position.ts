/** Where a text stops being JSON. Both count from 1. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
  /** What stands there that JSON does not have, where it is one of the usual slips. */
  readonly hint?: string;
}

const space = /[ \t\r\n]*/y;
const scalar =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Finds the first fault in a text that JSON.parse refused: its own message names the place only sometimes. */
export function findJsonFault(text: string): JsonPosition {
  let at = 0;

  function skip(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    const found = pattern.test(text) && pattern.lastIndex > at;
    if (found) at = pattern.lastIndex;
    return found;
  }
  function take(mark: string): boolean {
    skip(space);
    if (text[at] !== mark) return false;
    at++;
    skip(space);
    return true;
  }
  function value(): boolean {
    skip(space);
    if (take('{')) return members('}', () => text[at] === '"' && skip(scalar) && take(':') && value());
    if (take('[')) return members(']', value);
    return skip(scalar);
  }
  function members(end: string, member: () => boolean): boolean {
    if (take(end)) return true;
    do {
      if (!member()) return false;
      if (take(end)) return true;
    } while (take(','));
    return false;
  }

  if (value()) skip(space);
  const before = text.slice(0, at).split('\n');
  const hint = hintFor(text.slice(0, at).trimEnd().endsWith(','), text.slice(at));
  return {
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    ...(hint === undefined ? {} : { hint }),
  };
}

function hintFor(afterComma: boolean, rest: string): string | undefined {
  if (rest === '') return 'the file ends too early';
  if (afterComma && /^[}\]]/.test(rest)) return "there's a comma before the closing bracket";
  if (/^(?:\/\/|\/\*|#)/.test(rest)) return "JSON can't have comments";
  if (rest.startsWith("'")) return 'text must be in double quotes';
  return undefined;
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:\n]/g;

/**
 * Where the keys of the objects in valid JSON stand: the path of each (as JSON) with its lines, from 1, which are several
 * where an object names it more than once.
 */
export function linesOfKeys(text: string): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  const path: string[] = [];
  let [line, string] = [1, { text: '""', line: 1 }];
  for (const [found] of text.matchAll(token)) {
    if (found === '\n') line += 1;
    else if (found.startsWith('"')) string = { text: found, line };
    else if (found === '{' || found === '[') path.push('');
    else if (found === ':') {
      path[path.length - 1] = String(JSON.parse(string.text));
      const key = JSON.stringify(path);
      lines.set(key, [...(lines.get(key) ?? []), string.line]);
    } else path.pop();
  }
  return lines;
}
